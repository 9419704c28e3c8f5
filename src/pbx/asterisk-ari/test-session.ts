import { expect, onTestFinished } from 'vitest';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import type { Logger } from '../../kit/logger.ts';
import type { PbxEvent } from '../contract.ts';
import { startAriSandbox, type AriSandbox } from '../sandbox/ari/ari-sandbox.ts';
import { readSettings } from '../settings.ts';
import { asteriskAri } from './driver.ts';

const PACE = 0.05;

export async function startPbx() {
  const pbx = await startAriSandbox({ pace: PACE });
  onTestFinished(() => pbx.close());
  return pbx;
}

export function open(pbx: AriSandbox, more: Readonly<Record<string, string>> = {}) {
  const warned: unknown[] = [];
  const ignore = () => undefined;
  const log: Logger = {
    debug: ignore,
    info: ignore,
    warn: (fields) => void warned.push(fields),
    error: ignore,
    child: () => log,
  };
  const given = { host: pbx.host, port: String(pbx.port), username: 'click2call', password: 'sandbox' };
  const reading = readSettings(asteriskAri.manifest, { ...given, ...more });
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const events: PbxEvent[] = [];
  const guard = createAddressGuard(true, []);
  const session = asteriskAri.open(reading.settings, {
    clock: systemClock,
    log,
    guard,
    emit: (event) => events.push(event),
  });
  onTestFinished(() => session.close());
  const click = async (first: string, second: string, change: { dialAs?: string; seconds?: number } = {}) => {
    const id = newId();
    const { dialAs, seconds = 30 } = change;
    const plan = { callId: id, channelId: `c2c-${id}`, first, second, dialAs, timeoutSeconds: seconds };
    await session.originate(plan);
    return plan.channelId;
  };
  return { session, events, warned, click };
}

export function callOf(pbx: AriSandbox, channelId: string) {
  return pbx.calls().find((call) => call.channelId === channelId);
}

export const stateOf = (pbx: AriSandbox, id: string) => callOf(pbx, id)?.state;
export async function nothingLeft(pbx: AriSandbox): Promise<void> {
  await expect
    .poll(() => pbx.standing(), { timeout: 3_000 })
    .toEqual({ channels: [], bridges: [], limited: [] });
}
