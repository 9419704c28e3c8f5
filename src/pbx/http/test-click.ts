import { onTestFinished } from 'vitest';
import type { CallPlan } from '../../calls/call.ts';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import type { Logger } from '../../kit/logger.ts';
import { PbxError, type PbxSession, type SettingValue } from '../contract.ts';
import { readSettings } from '../settings.ts';
import { http } from './driver.ts';

/** A PBX in the box: what tests need of it here. */
interface Sandbox {
  readonly template: string;
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** For tests: the driver's session with a PBX in the box, with the template of its name unless another is given. */
export function startClick<Pbx extends Sandbox>(
  pbx: Pbx,
  given: Readonly<Record<string, SettingValue>>,
): { pbx: Pbx; session: PbxSession } {
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
  const session = http.open(reading.settings, { clock: systemClock, log, guard, emit: () => undefined });
  onTestFinished(async () => {
    await session.close();
    await pbx.close();
  });
  return { pbx, session };
}

export const CALL_ID = '01990000-0000-7000-8000-000000000001';

export function planOf(first: string, second: string, dialAs?: string): CallPlan {
  return { callId: CALL_ID, channelId: `c2c-${CALL_ID}`, first, second, dialAs, timeoutSeconds: 30 };
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
