import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { expectSaid, onlyError } from './answers.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { makeLoad, manySeconds, ringsBySecond } from './load.ts';
import { phoneOf } from './phones.ts';

const order = { dial_first: '101', dial_second: '102' };
const unbounded = { originates_per_second: 10_000, calls_in_progress: 10_000 };

let lab: Asterisk;
let gateway: Gateway;

beforeAll(async () => {
  lab = await startAsterisk({ append: { 'extensions.conf': manySeconds } });
  gateway = await startGateway(lab, { settings: unbounded });
});

afterAll(async () => {
  await gateway.close();
  await lab.stop();
});

/** One click, and what it comes to: both phones answer, and end as phones should. */
async function call() {
  await using alice = await phoneOf(lab, '101', { answerAfterMs: 50 });
  await using bob = await phoneOf(lab, '102', { answerAfterMs: 50, hangUpAfterMs: 100 });
  const { response } = await gateway.click(order);
  if (response.status === 'fail') return response.errors;
  const [{ exitCode: first }, { exitCode: second }] = [await alice.result(), await bob.result()];
  return { first, second };
}

const bothTalked = { first: 0, second: 0 };

it('an Asterisk that died and came back between two clicks is called through at once', async () => {
  expect(await call()).toEqual(bothTalked);
  await lab.restart();
  expect(await call()).toEqual(bothTalked);
});

it('an Asterisk that died is a clear error before anything was sent; when it is back, calls go through', async () => {
  expect(await call()).toEqual(bothTalked);
  await lab.kill();
  const answer = await gateway.click(order);
  expectSaid(answer, 'pbx_unreachable', `connect ECONNREFUSED 127.0.0.1:${lab.amiPort}`);
  await lab.restart();
  expect(await call()).toEqual(bothTalked);
});

it('an Asterisk that dies with an order in its hands leaves it in doubt: the answer says so, and it is not sent again', async () => {
  expect(await call()).toEqual(bothTalked);
  await using alice = await phoneOf(lab, '101');
  process.kill(lab.pid(), 'SIGSTOP');
  const { journal } = gateway.parts.store;
  const [account] = await gateway.parts.directory.accounts();
  const newest = () => journal.callsOf({ tenantId: account?.id ?? '', filter: {}, limit: 1 });
  const clicking = gateway.click(order);
  await expect
    .poll(async () => (await newest()).calls, { interval: 10 })
    .toMatchObject([{ outcome: 'originating' }]);
  // It is on the disk; from there on nothing but the way to the PBX is left.
  await sleep(300);
  await lab.restart();
  const answer = await clicking;
  const { message } = expectSaid(answer, 'pbx_in_doubt', /./);
  expect(message).toContain('may ring');
  const { request_id } = answer.response;
  expect(await gateway.parts.store.journal.callById(request_id)).toMatchObject({ outcome: 'in_doubt' });
  const { pbx_request, response } = await gateway.status(request_id);
  expect(pbx_request.pbx_data).toMatchObject({ Action: 'Originate', ChannelId: `c2c-${request_id}` });
  expect(response).toEqual({ 'utc.time': '', response_data: {} });

  await sleep(1500);
  expect(await alice.stop(), 'after the Asterisk has come back').toMatchObject({ rang: 0 });
  expect(await call()).toEqual(bothTalked);
});

it('an Asterisk that dies and comes back under load: each click is answered, and no phone rings twice', async () => {
  const firsts = ['101', '103'];
  const options = { calls: 100_000, answerAfterMs: 20 };
  const phones = await Promise.all(firsts.map((first) => phoneOf(lab, first, options)));
  const load = makeLoad();
  const stop = new AbortController();
  const running = load.run(gateway, firsts, stop.signal);
  const made = () => load.attempts.filter(({ answer }) => answer?.response.status === 'success').length;
  await expect.poll(made, { timeout: 30_000 }).toBeGreaterThan(25);
  await lab.restart();
  const before = made();
  await expect.poll(made, { timeout: 30_000 }).toBeGreaterThan(before + 25);
  stop.abort();
  await running;
  await sleep(300);
  const rings = ringsBySecond(await Promise.all(phones.map((phone) => phone.stop())));

  expect([...rings].filter(([, times]) => times > 1)).toEqual([]);
  const answers = load.attempts.map(({ second, answer }) => {
    if (answer === undefined) throw new Error(`The click to ${second} got no answer.`);
    return { second, answer };
  });
  const failed = answers.filter(({ answer }) => answer.response.status === 'fail');
  expect(failed.length).toBeGreaterThan(0);
  expect(answers.length - failed.length).toBeGreaterThan(40);
  expect(answers.slice(-4).map(({ answer }) => answer.response.status)).not.toContain('fail');
  for (const { second, answer } of failed) {
    const { code, pbx_message = 'nothing', message } = onlyError(answer);
    // An Asterisk that has not yet read its dialplan says that there is no such extension.
    expect(['pbx_unreachable', 'pbx_protocol', 'pbx_in_doubt', 'extension_unknown']).toContain(code);
    if (code === 'pbx_in_doubt') expect(message).toContain('may ring');
    expect(message.startsWith(pbx_message)).toBe(true);
    if (code !== 'pbx_in_doubt') expect(rings.get(second) ?? 0, message).toBe(0);
  }
});
