import { setTimeout as sleep } from 'node:timers/promises';
import { planCall } from '../../src/calls/plan-call.ts';
import { createAddressGuard } from '../../src/kit/address-guard.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { newId } from '../../src/kit/ids.ts';
import { createLogger } from '../../src/kit/logger.ts';
import { driverById } from '../../src/pbx/registry.ts';
import { readSettings } from '../../src/pbx/settings.ts';
import type { BenchPbx } from './account.ts';
import type { Numbers } from './clicks.ts';
import type { CutText } from './load.ts';
import { NEW_POLICY } from './new-policy.ts';

const END_MS_MAX = 5_000;

/**
 * The very order that our driver sends to this PBX for a click, after all look-ups: its text as the call's record has
 * it, secrets masked, cut where the call's id stands. It makes one call.
 */
export async function recordOrder(pbx: BenchPbx, { first, second }: Numbers): Promise<CutText> {
  const driver = driverById(pbx.driver);
  if (driver === undefined) throw new Error(`There is no driver ${pbx.driver} in the registry.`);
  const { manifest } = driver;
  const reading = readSettings(manifest, pbx.settings);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const facts = { id: 'pbx', name: pbx.name, kind: manifest.kind, namesAllowed: false };
  const id = newId();
  const request = { dialFirst: first, dialSecond: second, timeout: '20', pbx: pbx.name };
  const planning = planCall(id, request, [facts], NEW_POLICY);
  if (!planning.ok) throw new Error('The click of this bench is refused.');
  const ended = Promise.withResolvers<void>();
  const session = driver.open(reading.settings, {
    clock: systemClock,
    log: createLogger('warn'),
    guard: createAddressGuard(true, []),
    emit: (event) => event.type === 'call' && event.fact.type === 'ended' && ended.resolve(),
  });
  try {
    const exchange = await session.originate(planning.plan);
    // A session that goes before its call may leave it to its timeout.
    if (manifest.capabilities.reportsEnd) await Promise.race([ended.promise, sleep(END_MS_MAX)]);
    const order = exchange.findLast(({ direction }) => direction === 'sent');
    return order?.raw.split(id) ?? [];
  } finally {
    await session.close();
  }
}

/** The same as a request over HTTP/1.1, with the credential that the record masks. */
export function asHttpRequest(recorded: CutText, authorization: string): CutText {
  // A cut can't stand in this sign: no text from outside has it.
  const CUT = '\u0000';
  const [head = '', ...bodies] = recorded.join(CUT).split('\r\n\r\n');
  const body = bodies.join('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n').filter((each) => !/^authorization:/i.test(each));
  const cuts = body.split(CUT).length - 1;
  const bytes = Buffer.byteLength(body) + cuts * (ID_CHARACTERS - 1);
  const more = ['Host: 127.0.0.1', `Authorization: ${authorization}`, `Content-Length: ${bytes}`];
  return [`${line} HTTP/1.1`, ...headers, ...more, '', body].join('\r\n').split(CUT);
}

/** Those of a UUID. */
const ID_CHARACTERS = 36;

/** RFC 7617. */
export function basicCredential(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
