import { onTestFinished } from 'vitest';
import type { CallPlan } from '../../calls/call.ts';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import type { Logger } from '../../kit/logger.ts';
import { PbxError, type PbxEvent, type PbxSession, type SettingValue } from '../contract.ts';
import { readSettings } from '../settings.ts';
import { http } from './driver.ts';

/** A PBX in the box: what tests need of it here. */
interface Sandbox {
  readonly template: string;
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * For tests: the driver's session with a PBX in the box, with the template of its name unless another is given. It asks for
 * its calls without patience.
 */
export function startClick<Pbx extends Sandbox>(
  pbx: Pbx,
  given: Readonly<Record<string, SettingValue>>,
): { pbx: Pbx; session: PbxSession; events: PbxEvent[] } {
  const { template, host, port } = pbx;
  const connection = { template, host, port, tls: false, answer_seconds: 2 };
  const reading = readSettings(http.manifest, { ...connection, ...given });
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const log: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    child: () => log,
  };
  const guard = createAddressGuard(true, []);
  const events: PbxEvent[] = [];
  const emit = (event: PbxEvent) => void events.push(event);
  const settings = { ...reading.settings, poll_seconds: 0.05 };
  const session = http.open(settings, { clock: systemClock, log, guard, emit });
  onTestFinished(async () => {
    await session.close();
    await pbx.close();
  });
  return { pbx, session, events };
}

export const CALL_ID = '01990000-0000-7000-8000-000000000001';
export const CHANNEL = `c2c-${CALL_ID}`;

export function planOf(first: string, second: string, dialAs?: string): CallPlan {
  return { callId: CALL_ID, channelId: CHANNEL, first, second, dialAs, timeoutSeconds: 30 };
}

/** What was told of calls, in few words. */
export function toldBy(events: readonly PbxEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type !== 'call') return [event.type];
    const { fact } = event;
    if (fact.type === 'untold') return [`untold ${fact.why}`];
    if (fact.type !== 'leg') return [fact.type];
    const { means, sip, text } = fact.cause ?? {};
    return [[fact.side, fact.happened, means, sip, text].filter((each) => each !== undefined).join(' ')];
  });
}

export async function failureOf(work: Promise<unknown>): Promise<PbxError> {
  const error = await work.then(
    () => new Error('It was taken.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof PbxError)) throw error;
  return error;
}

interface WrittenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const OF_HTTP = ['host', 'connection', 'content-length', 'accept-encoding'];

/** A request as its documentation writes it: line, headers that say something, body. */
export function written({ method, url, headers, body }: WrittenRequest): string {
  const lines = Object.entries(headers)
    .filter(([name]) => !OF_HTTP.includes(name))
    .map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${url}`, ...lines, ...(body === '' ? [] : ['', body])].join('\n');
}
