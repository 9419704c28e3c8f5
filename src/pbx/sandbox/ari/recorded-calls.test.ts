import { expect, it, onTestFinished } from 'vitest';
import { startAriSandbox } from './ari-sandbox.ts';
import { record } from './record-call.ts';
import { RECORDED_CALLS, type PhoneFate } from './recorded-calls.ts';
import { openTestAri } from './test-client.ts';

const NUMBERS: Readonly<Record<PhoneFate, string>> = {
  answers: '105',
  leaves: '410',
  busy: '486',
  declines: '603',
  congested: '503',
  silent: '408',
  absent: '480',
};

it.each(RECORDED_CALLS)('tells as a real Asterisk does that $what', async (call) => {
  const pbx = await startAriSandbox({ pace: 0.1 });
  onTestFinished(() => pbx.close());
  using ari = await openTestAri({ port: pbx.port, username: 'click2call', password: 'sandbox' }, 'recorder');
  const endpoint = (fate: PhoneFate, by: 'PJSIP' | 'Local' = 'PJSIP') =>
    by === 'PJSIP' ? `PJSIP/${NUMBERS[fate]}` : `Local/${NUMBERS[fate]}@internal/n`;
  const first = endpoint(call.first, call.firstBy);
  const second = endpoint(call.second ?? 'answers', call.secondBy);
  expect(await record(ari, call, { first, second, seconds: 5 })).toEqual(call.told);
});
