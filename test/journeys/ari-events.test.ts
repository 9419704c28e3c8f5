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
const ABSENT = '109';

let lab: Asterisk;
let place: AriPlace;
beforeAll(async () => {
  lab = await startAsterisk();
  place = { port: lab.httpPort, username: lab.ariUser.username, password: lab.ariUser.secret };
});
afterAll(() => lab.stop());

it.each(RECORDED_CALLS)('a real Asterisk tells that $what', async (call) => {
  await using phones = new AsyncDisposableStack();
  const take = async (fate: PhoneFate, name: string): Promise<string> => {
    if (fate === 'absent') return ABSENT;
    phones.use<Phone>(await phoneOf(lab, name, BEHAVIOURS[fate]));
    return name;
  };
  const endpoint = (name: string, by: 'PJSIP' | 'Local' = 'PJSIP') =>
    by === 'PJSIP' ? `PJSIP/${name}` : `Local/${name}@internal/n`;
  const first = endpoint(await take(call.first, '101'), call.firstBy);
  const second = call.second === undefined ? '' : endpoint(await take(call.second, '102'), call.secondBy);
  using ari = await openTestAri(place, 'recorder');
  // Only where nobody answers is the time waited for.
  const seconds = [call.first, call.second].includes('silent') ? 2 : 10;
  expect(await record(ari, call, { first, second, seconds })).toEqual(call.told);
});
