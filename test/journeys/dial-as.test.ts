import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { expectSaid, onlyError } from './answers.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { CLOCKS_MS, onlyCall, phoneOf } from './phones.ts';

const outside = '12125551234';
const boss = { name: 'Boss', number: '+12125550100' };

let lab: Asterisk;
let gateway: Gateway;

beforeAll(async () => {
  lab = await startAsterisk({
    // Who has a name that reads like a function to Asterisk, or one full of its special characters, may be dialled as too.
    endpoints: [
      { name: '120', context: 'longdistance', callerId: '"FILE DBA, EVAL (x)" <+12125550120>' },
      { name: '121', context: 'longdistance', callerId: '"Zoë [1], O\'Neil :)" <+12125550121>' },
    ],
  });
  gateway = await startGateway(lab);
});

afterAll(async () => {
  await gateway.close();
  await lab.stop();
});

/** The account code of each call record of a request: those of its first leg have its channel id. */
async function accountsOf(requestId: string): Promise<(string | undefined)[]> {
  const records = await lab.cdr();
  return records
    .filter((record) => record.endsWith(`"c2c-${requestId}"`))
    .map((record) => /^"(.*?)"/.exec(record)?.[1]);
}

describe('who may not call long distance', () => {
  it('is refused by the PBX in its own words, and nobody rings', async () => {
    await using alice = await phoneOf(lab, '101');
    await using carrier = await phoneOf(lab, 'carrier');
    const answer = await gateway.click({ dial_first: '101', dial_second: outside });
    const { remedy } = expectSaid(answer, 'extension_unknown', 'Extension does not exist.');
    expect(remedy).toContain('internal');
    expect(remedy).toContain(outside);
    expect(await alice.stop()).toMatchObject({ rang: 0 });
    expect(await carrier.stop()).toMatchObject({ rang: 0 });
  });

  it('succeeds when dialling as one who may: with the caller ID and on the account of that one', async () => {
    await using alice = await phoneOf(lab, '101');
    await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 300 });
    const { response } = await gateway.click({ dial_first: '101', dial_second: outside, dial_as: '201' });
    expect(response).toMatchObject({ status: 'success', errors: [] });
    const [first, second] = [onlyCall(await alice.result()), onlyCall(await carrier.result())];
    expect(first.invite.shown).toEqual({ name: 'Call to', number: outside });
    expect(second.invite.requestUri).toMatch(`sip:${outside}@`);
    expect(second.invite.shown).toEqual(boss);
    await expect.poll(() => accountsOf(response.request_id)).toContain('board');
    expect(new Set(await accountsOf(response.request_id))).toEqual(new Set(['board']));
  });
});

describe('dialling as another', () => {
  it('inside, shows the second phone that other, on the account of that other', async () => {
    await using alice = await phoneOf(lab, '101');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
    const { response } = await gateway.click({ dial_first: '101', dial_second: '102', dial_as: '103' });
    await alice.result();
    expect(onlyCall(await bob.result()).invite.shown).toEqual({ name: 'Carol', number: '103' });
    await expect.poll(() => accountsOf(response.request_id)).toContain('support');
  });

  it('who does not exist is an error that names the one asked for, and nobody rings', async () => {
    await using alice = await phoneOf(lab, '101');
    await using bob = await phoneOf(lab, '102');
    const error = onlyError(await gateway.click({ dial_first: '101', dial_second: '102', dial_as: '999' }));
    expect(error.code).toBe('dial_as_unknown');
    expect(error.message).toContain('999');
    expect(await alice.stop()).toMatchObject({ rang: 0 });
    expect(await bob.stop()).toMatchObject({ rang: 0 });
  });

  it('gives no right that the other has not', async () => {
    await using boss = await phoneOf(lab, '201');
    await using carrier = await phoneOf(lab, 'carrier');
    const answer = await gateway.click({ dial_first: '201', dial_second: outside, dial_as: '101' });
    expectSaid(answer, 'extension_unknown', 'Extension does not exist.');
    expect(await boss.stop()).toMatchObject({ rang: 0 });
    expect(await carrier.stop()).toMatchObject({ rang: 0 });
  });

  it.each([
    ['120', '+12125550120'],
    ['121', '+12125550121'],
  ])('works for %s too, whatever the name is', async (dial_as, number) => {
    await using alice = await phoneOf(lab, '101');
    await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 300 });
    const { response } = await gateway.click({ dial_first: '101', dial_second: outside, dial_as });
    expect(response.errors).toEqual([]);
    await alice.result();
    expect(onlyCall(await carrier.result()).invite.shown.number).toBe(number);
  });

  it('shows a name with every special character as it is', async () => {
    await using alice = await phoneOf(lab, '101');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
    await gateway.click({ dial_first: '101', dial_second: '102', dial_as: '121' });
    await alice.result();
    const { shown } = onlyCall(await bob.result()).invite;
    expect(shown).toEqual({ name: "Zoë [1], O'Neil :)", number: '+12125550121' });
  });
});

describe('an outside number first', () => {
  it('needs somebody to dial as: without one, and without a default, the error says so, and nobody rings', async () => {
    await using carrier = await phoneOf(lab, 'carrier');
    await using bob = await phoneOf(lab, '102');
    const error = onlyError(await gateway.click({ dial_first: outside, dial_second: '102' }));
    expect(error.code).toBe('dial_as_unknown');
    expect(error.message).toContain(outside);
    expect(error.message).toContain('dial_as');
    expect(error.message).toContain('default_dial_as');
    expect(await carrier.stop()).toMatchObject({ rang: 0 });
    expect(await bob.stop()).toMatchObject({ rang: 0 });
  });

  it('is rung through the carrier; the second phone sees whom it was dialled as, not the carrier', async () => {
    await using carrier = await phoneOf(lab, 'carrier');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
    const { response } = await gateway.click({ dial_first: outside, dial_second: '102', dial_as: '201' });
    expect(response.errors).toEqual([]);
    const [first, second] = [onlyCall(await carrier.result()), onlyCall(await bob.result())];
    expect(first.invite.requestUri).toMatch(`sip:${outside}@`);
    expect(first.invite.shown, 'no number leaves the house but that of whom it is dialled as').toEqual(boss);
    expect(second.invite.at).toBeGreaterThanOrEqual(Number(first.answeredAt) - CLOCKS_MS);
    expect(second.invite.shown).toEqual(boss);
    await expect.poll(() => accountsOf(response.request_id)).toContain('board');
  });

  it('uses the default of the PBX where no one is given', async () => {
    await using withDefault = await startGateway(lab, { settings: { default_dial_as: '201' } });
    await using carrier = await phoneOf(lab, 'carrier');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
    const { response } = await withDefault.click({ dial_first: outside, dial_second: '102' });
    expect(response.errors).toEqual([]);
    const [first, second] = [onlyCall(await carrier.result()), onlyCall(await bob.result())];
    expect(first.invite.requestUri).toMatch(`sip:${outside}@`);
    expect(second.invite.at).toBeGreaterThanOrEqual(Number(first.answeredAt) - CLOCKS_MS);
    expect(second.invite.shown).toEqual(boss);
  });

  it('that nobody answers is let go in time', async () => {
    await using carrier = await phoneOf(lab, 'carrier', { behaviour: 'silent' });
    await using bob = await phoneOf(lab, '102');
    await gateway.click({ dial_first: outside, dial_second: '102', dial_as: '201', timeout: 2 });
    const { ringingAt, cancelledAt } = onlyCall(await carrier.result());
    expect(Math.abs(Number(cancelledAt) - Number(ringingAt) - 2000)).toBeLessThan(1000);
    expect(await bob.stop()).toMatchObject({ rang: 0 });
  });
});
