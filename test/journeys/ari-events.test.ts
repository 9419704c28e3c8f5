import { afterAll, beforeAll, expect, it } from 'vitest';
import { record } from '../../src/pbx/sandbox/ari/record-call.ts';
import { RECORDED_CALLS, type PhoneFate } from '../../src/pbx/sandbox/ari/recorded-calls.ts';
import { openTestAri, type AriPlace } from '../../src/pbx/sandbox/ari/test-client.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import type { Phone, PhoneOptions } from '../lab/phone.ts';
import { phoneOf } from './phones.ts';

/** What the PBX in the box is held against: the same calls, on the real one. */
const BEHAVIOURS: Readonly<Record<PhoneFate, Partial<PhoneOptions>>> = {
  answers: { answerAfterMs: 100 },
  leaves: { answerAfterMs: 100, hangUpAfterMs: 200 },
  busy: { behaviour: 'busy', refuseAfterMs: 300 },
  declines: { behaviour: 'decline', refuseAfterMs: 300 },
  congested: { behaviour: 'congestion', refuseAfterMs: 300 },
  silent: { behaviour: 'silent' },
  absent: {},
};
/** Two for each call: what comes late for one would disturb the next at the same phone. */
const NUMBERS = Array.from({ length: 2 * RECORDED_CALLS.length }, (_, index) => String(110 + index));
const ABSENT = '109';

let lab: Asterisk;
let place: AriPlace;
beforeAll(async () => {
  lab = await startAsterisk({
    endpoints: NUMBERS.map((name) => ({ name, callerId: `<${name}>`, context: 'internal' })),
  });
  place = { port: lab.httpPort, username: lab.ariUser.username, password: lab.ariUser.secret };
});
afterAll(() => lab.stop());

const free = [...NUMBERS];

it.each(RECORDED_CALLS)('a real Asterisk tells that $what', async (call) => {
  await using phones = new AsyncDisposableStack();
  const numberOf = async (fate: PhoneFate): Promise<string> => {
    if (fate === 'absent') return ABSENT;
    const number = free.shift() ?? '';
    phones.use<Phone>(await phoneOf(lab, number, BEHAVIOURS[fate]));
    return number;
  };
  const endpoint = async (fate: PhoneFate, by: 'PJSIP' | 'Local' = 'PJSIP') =>
    by === 'PJSIP' ? `PJSIP/${await numberOf(fate)}` : `Local/${await numberOf(fate)}@internal/n`;
  const first = await endpoint(call.first, call.firstBy);
  const second = call.second === undefined ? '' : await endpoint(call.second, call.secondBy);
  using ari = await openTestAri(place, 'recorder');
  // Only where nobody answers is the time waited for.
  const seconds = [call.first, call.second].includes('silent') ? 2 : 10;
  const told = await record(ari, call, { first, second, seconds });
  expect(Object.fromEntries(Object.entries(told).map(([name, words]) => [name, inOrder(words)]))).toEqual(
    call.told,
  );
});

/** The dialplan that ends a call at once does so beside the dialling, which may be told after it. */
function inOrder(told: readonly string[]): string[] {
  const dialled = told.indexOf("Dial ''");
  if (dialled < 1 || told[dialled - 1] !== 'Dial CONGESTION') return [...told];
  return told.with(dialled - 1, "Dial ''").with(dialled, 'Dial CONGESTION');
}
