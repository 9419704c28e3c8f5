import { onTestFinished } from 'vitest';
import { channelIdOf, type CallPlan } from '../../calls/call.ts';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import type { Logger } from '../../kit/logger.ts';
import { PbxError, type DriverManifest, type PbxEvent } from '../contract.ts';
import { readSettings } from '../settings.ts';
import { switchvox } from './driver.ts';

/** The login that every test has. */
export const LOGIN = { username: 'c2c', password: 'canary-7f3a' };

interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly fingerprint: string;
}
interface Listening {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Looks for its calls as often as a test has no patience for. */
export const IMPATIENT: DriverManifest = {
  ...switchvox.manifest,
  settings: switchvox.manifest.settings.map((spec) =>
    spec.name === 'poll_seconds' ? { ...spec, default: 0.05, min: 0.05 } : spec,
  ),
};

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

/**
 * What opens a session with a simulator, both ended with the test.
 * @param start starts the simulator; without a certificate it speaks HTTP
 */
export function sessionsWith<Options extends object, Pbx extends Listening>(
  start: (options: Options, tls: Certificate | undefined) => Promise<Pbx>,
  certificate: Promise<Certificate>,
) {
  return async (options: Options, change: Readonly<Record<string, string>> = {}) => {
    const tls = await certificate;
    const isPlain = change['tls'] === 'false';
    const pbx = await start(options, isPlain ? undefined : tls);
    const events: PbxEvent[] = [];
    const reading = readSettings(IMPATIENT, {
      ...LOGIN,
      host: pbx.host,
      port: String(pbx.port),
      fingerprint: isPlain ? '' : tls.fingerprint,
      answer_seconds: '2',
      // What is counted and compared is the requests of the test alone.
      follow_calls: 'false',
      ...change,
    });
    if (!reading.ok) throw new Error(reading.problems.join('\n'));
    const session = switchvox.open(reading.settings, {
      clock: systemClock,
      log: silent,
      guard: createAddressGuard(true, []),
      emit: (event) => events.push(event),
    });
    onTestFinished(async () => {
      await session.close();
      await pbx.close();
    });
    return { pbx, session, events, fingerprint: tls.fingerprint };
  };
}

export function planFor(first: string, second: string, dialAs?: string): CallPlan {
  const callId = newId();
  return { callId, channelId: channelIdOf(callId), first, second, dialAs, timeoutSeconds: 25 };
}

/** What a piece of work fails with. Anything but a `PbxError` fails the test. */
export async function failure(work: Promise<unknown>): Promise<PbxError> {
  const error = await work.then(
    () => new Error('It was taken.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof PbxError)) throw error;
  return error;
}
