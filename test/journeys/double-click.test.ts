import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { phoneOf } from './phones.ts';

const repeatWindowMs = 1500;
const order = { dial_first: '101', dial_second: '102' };

let lab: Asterisk;
let gateway: Gateway;

beforeAll(async () => {
  lab = await startAsterisk();
  gateway = await startGateway(lab, { repeatWindowMs });
});

afterAll(async () => {
  await gateway.close();
  await lab.stop();
});

/** A phone that is stopped in mid-call leaves Asterisk calling after it, into the next phone of that port. */
async function callsEnded(): Promise<void> {
  await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
}

it('the same click twice at the same instant rings once; both get the first answer, and one says so', async () => {
  await using alice = await phoneOf(lab, '101', { calls: 2 });
  await using bob = await phoneOf(lab, '102', { calls: 2, hangUpAfterMs: 200 });
  const [one, other] = await Promise.all([gateway.click(order), gateway.click(order)]);
  expect(other.response.request_id).toBe(one.response.request_id);
  expect([one.response.status, other.response.status]).toEqual(['success', 'success']);
  expect([one.response.repeated, other.response.repeated].filter(Boolean)).toEqual([true]);
  await bob.rang();
  await sleep(500);
  await callsEnded();
  expect(await alice.stop()).toMatchObject({ rang: 1 });
  expect(await bob.stop()).toMatchObject({ rang: 1 });
  await sleep(repeatWindowMs);
});

it('the same click within the window rings nobody again; after it, it does', async () => {
  await using alice = await phoneOf(lab, '101', { calls: 3, answerAfterMs: 50 });
  await using bob = await phoneOf(lab, '102', { calls: 3, answerAfterMs: 50, hangUpAfterMs: 100 });
  const startedAt = Date.now();
  const first = await gateway.click(order);
  const again = await gateway.click(order);
  expect(Date.now() - startedAt, 'within the window').toBeLessThan(repeatWindowMs);
  await bob.rang();
  expect(again.response).toMatchObject({
    request_id: first.response.request_id,
    status: 'success',
    repeated: true,
  });
  expect(first.response).not.toHaveProperty('repeated');
  await sleep(repeatWindowMs);
  expect(await alice.report(), 'after the window has passed').toMatchObject({ rang: 1 });

  const later = await gateway.click(order);
  expect(later.response.request_id).not.toBe(first.response.request_id);
  expect(later.response).not.toHaveProperty('repeated');
  await bob.rang(2);
  await callsEnded();
  expect(await alice.stop()).toMatchObject({ rang: 2 });
  await sleep(repeatWindowMs);
});

it('another first or second number is another click', async () => {
  await using alice = await phoneOf(lab, '101', { behaviour: 'busy', calls: 2 });
  await using carol = await phoneOf(lab, '103', { behaviour: 'busy' });
  const answers = await Promise.all([
    gateway.click({ dial_first: '101', dial_second: '102' }),
    gateway.click({ dial_first: '101', dial_second: '104' }),
    gateway.click({ dial_first: '103', dial_second: '102' }),
  ]);
  expect(new Set(answers.map(({ response }) => response.request_id)).size).toBe(3);
  expect(await alice.result()).toMatchObject({ exitCode: 0, rang: 2 });
  expect(await carol.result()).toMatchObject({ exitCode: 0, rang: 1 });
});
