import type { LabPorts } from '../lab/asterisk.ts';
import type { PhoneCall } from '../lab/phone-trace.ts';
import { startPhone, type Phone, type PhoneOptions, type PhoneReport } from '../lab/phone.ts';

/** Longer than any call of these tests, and short enough for a test that fails to end its phones itself. */
const resultWithinMs = 25_000;

/** Starts the phone of an endpoint; unless told otherwise it rings for 0.3 s and answers. */
export async function phoneOf(
  lab: LabPorts,
  name: string,
  options: Partial<Omit<PhoneOptions, 'port'>> = {},
): Promise<Phone> {
  const phone = await startPhone({ port: lab.phonePort(name), behaviour: 'answer', ...options });
  return { ...phone, result: (withinMs = resultWithinMs) => phone.result(withinMs) };
}

/**
 * The only call that a phone had.
 *
 * @throws Error when it had none, or more
 */
export function onlyCall({ calls }: PhoneReport): PhoneCall {
  const [call] = calls;
  if (call === undefined || calls.length > 1)
    throw new Error(`The phone rang ${calls.length} times, not once.`);
  return call;
}

/** Each phone is a process that reads the machine's clock by itself: what is equal may seem so many milliseconds apart. */
export const CLOCKS_MS = 20;

/** Milliseconds from one thing to the other; NaN, which fits no expectation, where one of them did not happen. */
export function elapsed(from: number | null, to: number | null): number {
  return from === null || to === null ? Number.NaN : to - from;
}
