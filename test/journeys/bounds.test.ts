import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { onlyError } from './answers.ts';
import { startGateway, type Gateway, type Order } from './gateway.ts';
import { CLOCKS_MS, phoneOf } from './phones.ts';

const order: Order = { dial_first: '101', dial_second: '102' };

let lab: Asterisk;

beforeAll(async () => {
  lab = await startAsterisk();
});

afterAll(() => lab.stop());

/** So many clicks at the same time: how long each waited for its answer, and the answer. */
async function clickAtOnce(gateway: Gateway, times: number) {
  const startedAt = Date.now();
  const clicks = Array.from({ length: times }, async () => {
    const answer = await gateway.click(order);
    return { answer, waitedMs: Date.now() - startedAt };
  });
  const answered = await Promise.all(clicks);
  const isTaken = ({ answer }: { answer: (typeof answered)[number]['answer'] }) =>
    answer.response.status === 'success';
  return { taken: answered.filter(isTaken), refused: answered.filter((each) => !isTaken(each)) };
}

it('calls in progress: two of five ring, the others wait briefly and fail; a hang-up makes room', async () => {
  const settings = { calls_in_progress: 2, wait_ms: 700, originates_per_second: 100 };
  await using gateway = await startGateway(lab, { settings });
  await using alice = await phoneOf(lab, '101', { calls: 3 });
  await using bob = await phoneOf(lab, '102', { calls: 3 });
  const { taken, refused } = await clickAtOnce(gateway, 5);
  expect([taken.length, refused.length]).toEqual([2, 3]);
  for (const { answer, waitedMs } of refused) {
    const { code, message } = onlyError(answer);
    expect(code).toBe('pbx_busy');
    expect(message).toContain('calls_in_progress');
    expect(waitedMs).toBeGreaterThanOrEqual(690);
    expect(waitedMs).toBeLessThan(5_000);
  }
  await bob.rang(2);
  expect(await alice.report()).toMatchObject({ rang: 2 });

  const [one] = /^PJSIP\/101-\w+/m.exec(await lab.cli('core show channels concise')) ?? [];
  await lab.cli(`channel request hangup ${one}`);
  const next = await gateway.click(order);
  expect(next.response).toMatchObject({ status: 'success', errors: [] });
  await bob.rang(3);
  await lab.cli('channel request hangup all');
  expect(await alice.result()).toMatchObject({ exitCode: 0, rang: 3 });
  expect(await bob.result()).toMatchObject({ exitCode: 0, rang: 3 });
});

it('calls in progress: a click that waits goes through as soon as a call before it ends', async () => {
  const settings = { calls_in_progress: 1, wait_ms: 20_000, originates_per_second: 100 };
  await using gateway = await startGateway(lab, { settings });
  await using alice = await phoneOf(lab, '101', { calls: 2, answerAfterMs: 200 });
  await using bob = await phoneOf(lab, '102', { calls: 2, answerAfterMs: 200, hangUpAfterMs: 600 });
  const { taken, refused } = await clickAtOnce(gateway, 2);
  expect(refused).toEqual([]);
  expect(Math.max(...taken.map(({ waitedMs }) => waitedMs))).toBeLessThan(10_000);
  const [first, second] = (await alice.result()).calls;
  await bob.result();
  expect(Number(second?.invite.at)).toBeGreaterThanOrEqual(Number(first?.endedAt) - CLOCKS_MS);
});

it('originates per second: what is over them is spread over the wait, what is over that fails at once', async () => {
  const settings = { calls_in_progress: 100, wait_ms: 3_200, originates_per_second: 1 };
  await using gateway = await startGateway(lab, { settings });
  await using alice = await phoneOf(lab, '101', { behaviour: 'busy', calls: 8 });
  await gateway.status('no-such-request');
  const startedAt = Date.now();
  const { taken, refused } = await clickAtOnce(gateway, 8);
  expect([taken.length, refused.length]).toEqual([4, 4]);
  for (const { answer } of refused) {
    expect(onlyError(answer)).toMatchObject({ code: 'pbx_busy' });
    expect(onlyError(answer).message).toContain('originates_per_second');
  }
  // Four find a place in the queue, of whom three are served in time.
  const longest = Math.max(...taken.map(({ waitedMs }) => waitedMs));
  expect(refused.filter(({ waitedMs }) => waitedMs < longest)).toHaveLength(3);
  await alice.rang(4);
  const { invites } = await alice.report();
  const within = (ms: number): number => invites.filter(({ at }) => at - startedAt < ms).length;
  expect(invites).toHaveLength(4);
  expect(within(900)).toBeLessThanOrEqual(1);
  expect(within(1_900)).toBeLessThanOrEqual(2);
});
