import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Outcome } from '../../src/calls/call.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import type { Phone } from '../lab/phone.ts';
import { startGatewayProcess, type GatewayProcess } from './gateway.ts';
import { makeLoad, manySeconds, ringsBySecond } from './load.ts';
import { phoneOf } from './phones.ts';

const rounds = 6;
const firsts = ['101', '102', '103'];
const calls = 100_000;
const unbounded = { originates_per_second: 10_000, calls_in_progress: 10_000 };

let lab: Asterisk;
let gateway: GatewayProcess;
let phones: Phone[];

beforeAll(async () => {
  lab = await startAsterisk({ append: { 'extensions.conf': manySeconds } });
  gateway = await startGatewayProcess(lab, { settings: unbounded });
  const options = { calls, answerAfterMs: 20 };
  phones = await Promise.all(firsts.map((first) => phoneOf(lab, first, options)));
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await Promise.all(phones.map((phone) => phone.stop()));
  await lab.stop();
});

const reports = () => Promise.all(phones.map((phone) => phone.report()));

it('kill -9 under load, again and again: what was answered is in the journal, and no phone rings twice', async () => {
  const load = makeLoad();
  const soFar = () => load.attempts.filter(({ answer }) => answer !== undefined).length;
  for (let round = 0; round < rounds; round += 1) {
    const before = soFar();
    const running = load.run(gateway, firsts);
    // As long as that takes here, and never at the same moment of it.
    await expect.poll(soFar, { timeout: 30_000, interval: 7 }).toBeGreaterThan(before + 25 + round * 3);
    await gateway.kill();
    await running;
    await gateway.start();
  }
  const answered = load.attempts.filter(({ answer }) => answer !== undefined);
  const unanswered = load.attempts.filter(({ answer }) => answer === undefined);
  expect(unanswered.length, 'each round cut clicks off').toBeGreaterThanOrEqual(rounds);
  expect(answered.length, 'each round answered clicks').toBeGreaterThan(rounds * 20);

  const states = await gateway.look((journal) =>
    Promise.all(
      answered.map(
        async ({ answer }) => (await journal.callById(answer?.response.request_id ?? ''))?.outcome,
      ),
    ),
  );
  expect(new Set(states)).toEqual(new Set<Outcome>(['accepted']));
  for (const { second, answer } of answered) {
    expect(answer?.response).toMatchObject({ status: 'success', errors: [] });
    const history = await gateway.status(answer?.response.request_id ?? '');
    expect(history.request.request_url).toContain(`dial_second=${second}`);
    expect(history.response.response_data).toMatchObject({ Response: 'Success' });
  }

  await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
  const rings = ringsBySecond(await reports());
  expect([...rings].filter(([, times]) => times > 1)).toEqual([]);
  expect(
    answered.filter(({ second }) => !rings.has(second)),
    'whose call the PBX took',
  ).toEqual([]);
  const written = new Set(gateway.secondsInJournal());
  expect(
    [...rings.keys()].filter((second) => !written.has(second)),
    'who rang is in the journal',
  ).toEqual([]);
}, 240_000);

it('orders that a kill -9 cuts off from their answer are settled by asking the PBX, and nobody is rung again', async () => {
  await gateway.click({ dial_first: '101', dial_second: '799990' });
  await expect.poll(async () => ringsBySecond(await reports()).get('799990')).toBe(1);
  const before = ringsBySecond(await reports());
  // The PBX stands still: it has the orders before it, and says nothing.
  process.kill(lab.pid(), 'SIGSTOP');
  // The first of these talks for long, so that the PBX has its call when it is asked; the others are soon over.
  const seconds = ['899991', '799992', '799993', '799994'];
  const cutOff: Promise<string>[] = [];
  for (const dial_second of seconds) {
    const click = gateway.click({ dial_first: '101', dial_second });
    cutOff.push(
      click.then(
        () => 'answered',
        () => 'cut off',
      ),
    );
    // One after the other: each is on the disk before the next one comes.
    await expect.poll(() => gateway.secondsInJournal(), { interval: 10 }).toContain(dial_second);
  }
  // From there on nothing but the way to the PBX is left.
  await sleep(200);
  await gateway.kill();
  process.kill(lab.pid(), 'SIGCONT');
  expect(new Set(await Promise.all(cutOff))).toEqual(new Set(['cut off']));
  const open = await gateway.look((journal) => journal.untended(Date.now() * 1000, 10_000));
  const ours = open.map(({ call }) => call).filter(({ second }) => seconds.includes(second ?? ''));
  expect(new Set(ours.map(({ second }) => second))).toEqual(new Set(seconds));
  await gateway.start();

  // What a round of the test above cut off before it reached the PBX is settled too.
  const stillOpen = async () => {
    const calls = await gateway.look((journal) => journal.untended(Date.now() * 1000, 10_000));
    return calls.filter(({ call }) => call.outcome === 'originating');
  };
  await expect.poll(stillOpen, { timeout: 50_000, interval: 500 }).toEqual([]);
  const rings = ringsBySecond(await reports());
  for (const call of ours) {
    const rang = rings.get(call.second ?? '') ?? 0;
    expect(rang).toBeLessThanOrEqual(1);
    const expected: Outcome = call.second?.startsWith('8') === true && rang === 1 ? 'accepted' : 'in_doubt';
    expect(await gateway.callOf(call.id)).toMatchObject({ outcome: expected });
    const entries = await gateway.look((journal) => journal.entriesOf(call.id));
    expect(entries.map(({ kind }) => kind)).toContain('note');
  }
  expect(rings.get('899991'), 'the PBX had this order before it').toBe(1);
  const others = [...rings].filter(([second]) => !seconds.includes(second));
  expect(others, 'nobody else was rung').toEqual([...before]);
}, 90_000);
