import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { elapsed, onlyCall, phoneOf } from './phones.ts';

const outside = '12125551234';
const ofFrida = { name: 'Example Corp', number: '+12125550301' };

let lab: Asterisk;
let gateway: Gateway;

beforeAll(async () => {
  lab = await startAsterisk();
  gateway = await startGateway(lab, { settings: { preset: 'freepbx' } });
});

afterAll(async () => {
  await gateway.close();
  await lab.stop();
});

async function untilQuiet(): Promise<void> {
  await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
}

describe('on FreePBX the first phone', () => {
  it('rings first, and shows who is about to be called; the second sees whose call it is', async () => {
    await using frida = await phoneOf(lab, '301');
    await using gus = await phoneOf(lab, '302', { hangUpAfterMs: 300 });
    const { response } = await gateway.click({ dial_first: '301', dial_second: '302' });
    expect(response).toMatchObject({ status: 'success', errors: [] });
    const [first, second] = [onlyCall(await frida.result()), onlyCall(await gus.result())];
    expect(elapsed(first.answeredAt, second.invite.at)).toBeGreaterThanOrEqual(0);
    expect(first.invite.shown, 'the name is from the PBX itself').toEqual({ name: 'Gus', number: '302' });
    expect(second.invite.shown).toEqual({ name: 'Frida', number: '301' });
  });

  it('shows an outside number that is about to be called', async () => {
    await using frida = await phoneOf(lab, '301');
    await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 300 });
    await gateway.click({ dial_first: '301', dial_second: outside });
    await carrier.result();
    expect(onlyCall(await frida.result()).invite.shown).toEqual({ name: 'Call to', number: outside });
  });

  it.each([
    ['busy', 486],
    ['decline', 603],
  ] as const)('that is set to %s has no voicemail that answers for it', async (behaviour, status) => {
    await using gus = await phoneOf(lab, '302', { behaviour });
    await using frida = await phoneOf(lab, '301');
    await gateway.click({ dial_first: '302', dial_second: '301' });
    expect(onlyCall(await gus.result()).status).toBe(status);
    await untilQuiet();
    expect(await frida.stop()).toMatchObject({ rang: 0 });
  });

  it('that never answers is let go in time, and no voicemail answers for it', async () => {
    await using gus = await phoneOf(lab, '302', { behaviour: 'silent' });
    await using frida = await phoneOf(lab, '301');
    await gateway.click({ dial_first: '302', dial_second: '301', timeout: 3 });
    const { ringingAt, cancelledAt } = onlyCall(await gus.result());
    expect(Math.abs(elapsed(ringingAt, cancelledAt) - 3000)).toBeLessThan(2000);
    await untilQuiet();
    expect(await frida.stop()).toMatchObject({ rang: 0 });
  });

  it('that is registered nowhere has no voicemail that answers for it', async () => {
    await using frida = await phoneOf(lab, '301');
    await gateway.click({ dial_first: '309', dial_second: '301' });
    await untilQuiet();
    expect(await frida.stop()).toMatchObject({ rang: 0 });
  });
});

it('on FreePBX a second phone that never answers is let go in time, and so is the first', async () => {
  await using frida = await phoneOf(lab, '301');
  await using gus = await phoneOf(lab, '302', { behaviour: 'silent' });
  await gateway.click({ dial_first: '301', dial_second: '302', timeout: 3 });
  const [first, second] = [onlyCall(await frida.result()), onlyCall(await gus.result())];
  expect(Math.abs(elapsed(second.ringingAt, second.cancelledAt) - 3000)).toBeLessThan(2000);
  expect(Math.abs(elapsed(second.cancelledAt, first.endedAt))).toBeLessThan(2000);
});

describe('on FreePBX a call leaves the house', () => {
  it("with the caller's own outbound number", async () => {
    await using frida = await phoneOf(lab, '301');
    await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 300 });
    await gateway.click({ dial_first: '301', dial_second: outside });
    await frida.result();
    expect(onlyCall(await carrier.result()).invite.shown).toEqual(ofFrida);
  });

  it('with the outbound number of whom it is dialled as, and on the account of that one', async () => {
    await using gus = await phoneOf(lab, '302');
    await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 300 });
    const order = { dial_first: '302', dial_second: outside, dial_as: '301' };
    const { response } = await gateway.click(order);
    expect(response.errors).toEqual([]);
    expect(onlyCall(await gus.result()).invite.shown).toEqual({ name: 'Call to', number: outside });
    expect(onlyCall(await carrier.result()).invite.shown).toEqual(ofFrida);
    const record = new RegExp(`^"pbx301",.*"c2c-${response.request_id}"$`);
    await expect.poll(() => lab.cdr()).toContainEqual(expect.stringMatching(record));
  });

  it('without the outbound number of the first phone, when whom it is dialled as has none', async () => {
    await using frida = await phoneOf(lab, '301');
    await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 300 });
    await gateway.click({ dial_first: '301', dial_second: outside, dial_as: '302' });
    await frida.result();
    expect(onlyCall(await carrier.result()).invite.shown).toEqual({ name: 'Gus', number: '302' });
  });

  it('with the outbound number of a user whose own caller ID is another number', async () => {
    await using house = await startGateway(lab, {
      settings: { preset: 'freepbx', context: 'from-internal' },
    });
    await using frida = await phoneOf(lab, '301');
    await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 300 });
    await house.click({ dial_first: '301', dial_second: outside, dial_as: '201' });
    await frida.result();
    const { shown } = onlyCall(await carrier.result()).invite;
    expect(shown).toEqual({ name: 'Example Corp', number: '+12125550100' });
  });

  it('to an outside number first as well: with the number of whom it is dialled as, whoever is second', async () => {
    await using carrier = await phoneOf(lab, 'carrier');
    await using gus = await phoneOf(lab, '302', { hangUpAfterMs: 300 });
    await gateway.click({ dial_first: outside, dial_second: '302', dial_as: '301' });
    expect(onlyCall(await carrier.result()).invite.shown).toEqual(ofFrida);
    expect(onlyCall(await gus.result()).invite.shown).toEqual({ name: 'Frida', number: '301' });
  });

  it('not, when it is dialled as a device that nobody is logged in at', async () => {
    await using frida = await phoneOf(lab, '301');
    await using gus = await phoneOf(lab, '302');
    await gateway.click({ dial_first: '301', dial_second: '302', dial_as: '309' });
    expect(await frida.result()).toMatchObject({ exitCode: 0, answered: 1 });
    await untilQuiet();
    expect(await gus.stop()).toMatchObject({ rang: 0 });
  });
});
