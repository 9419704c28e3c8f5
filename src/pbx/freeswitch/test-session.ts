import { onTestFinished } from 'vitest';
import { channelIdOf, type CallPlan } from '../../calls/call.ts';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import type { Logger } from '../../kit/logger.ts';
import { isEndOf, type PbxEvent } from '../contract.ts';
import {
  startFreeswitchSandbox,
  type FreeswitchSandboxOptions,
} from '../sandbox/freeswitch/freeswitch-sandbox.ts';
import { readSettings } from '../settings.ts';
import { freeswitch } from './driver.ts';

const quiet: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => quiet,
};

/** What FreeSWITCH alone can do, beside what every driver promises. */
export async function open(
  change: Readonly<Record<string, string>> = {},
  options: FreeswitchSandboxOptions = {},
) {
  const pbx = await startFreeswitchSandbox({ pace: 0.05, ...options });
  const reading = readSettings(freeswitch.manifest, {
    host: pbx.host,
    port: pbx.port,
    domain: pbx.domain,
    user: 'click2call',
    password: 'sandbox',
    ...change,
  });
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const events: PbxEvent[] = [];
  const session = freeswitch.open(reading.settings, {
    clock: systemClock,
    log: quiet,
    guard: createAddressGuard(true, []),
    emit: (event) => events.push(event),
  });
  onTestFinished(async () => {
    await session.close();
    await pbx.close();
  });
  const call = (plan: CallPlan) =>
    pbx
      .calls()
      .find(({ uuid, variables }) => uuid === plan.callId || variables['click2call_id'] === plan.callId);
  const steps = (plan: CallPlan) =>
    events.flatMap((event) => {
      if (event.type !== 'call' || event.channelId !== plan.channelId) return [];
      const { fact } = event;
      return [fact.type === 'leg' ? `${fact.side} ${fact.happened}` : fact.type];
    });
  const ended = (plan: CallPlan) => events.filter((event) => isEndOf(event, plan.channelId)).length;
  return { pbx, session, events, call, steps, ended };
}

export function planFor(first: string, second: string, more: Partial<CallPlan> = {}): CallPlan {
  const callId = newId();
  const channelId = channelIdOf(callId);
  return { callId, channelId, first, second, dialAs: undefined, timeoutSeconds: 30, ...more };
}
