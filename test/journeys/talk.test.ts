import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { elapsed, onlyCall, phoneOf } from './phones.ts';

let lab: Asterisk;
let gateway: Gateway;

beforeAll(async () => {
  lab = await startAsterisk();
  gateway = await startGateway(lab, { settings: { named_extensions: true } });
});

afterAll(async () => {
  await gateway.close();
  await lab.stop();
});

it('rings the first phone, and the second only when the first has answered; then both talk', async () => {
  // Long enough for an answer to come before, and for a look at the PBX, on a machine that has other things to do.
  await using alice = await phoneOf(lab, '101', { answerAfterMs: 2500 });
  await using bob = await phoneOf(lab, '102', { answerAfterMs: 400, hangUpAfterMs: 4000 });
  const { response, method, server_id } = await gateway.click({ dial_first: '101', dial_second: '102' });
  const successAt = Date.now();
  expect({ response, method, server_id }).toEqual({
    response: {
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'success',
      errors: [],
      call: expect.objectContaining({ dial_first: '101', disposition: null }),
    },
    method: 'asterisk.call',
    server_id: 'journeys',
  });
  const channels = async () => (await lab.cli('core show channels concise')).trim().split('\n');
  await expect
    .poll(async () => new Set((await channels()).map((line) => line.replace(/-[0-9a-f]{8}|!.*/g, ''))))
    .toEqual(new Set(['PJSIP/101', 'Local/102@internal;1', 'Local/102@internal;2', 'PJSIP/102']));
  const [first, second] = [await alice.result(), await bob.result()];
  expect([first.exitCode, second.exitCode]).toEqual([0, 0]);

  const [firstCall, secondCall] = [onlyCall(first), onlyCall(second)];
  expect(elapsed(successAt, firstCall.answeredAt), 'the answer came before anybody answered').toBeGreaterThan(
    0,
  );
  expect(elapsed(firstCall.answeredAt, secondCall.invite.at)).toBeGreaterThanOrEqual(0);
  expect(elapsed(firstCall.answeredAt, secondCall.invite.at), 'at once').toBeLessThan(2000);
  const talked = elapsed(secondCall.answeredAt, firstCall.endedAt);
  expect(talked, 'the first phone is let go when the second hangs up').toBeGreaterThanOrEqual(3900);
  expect(talked).toBeLessThan(6000);
});

it('shows the first phone who is about to be called, and the second whose call it is', async () => {
  await using alice = await phoneOf(lab, '101');
  await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
  await gateway.click({ dial_first: '101', dial_second: '102' });
  const [first, second] = [onlyCall(await alice.result()), onlyCall(await bob.result())];
  expect(first.invite.shown).toEqual({ name: 'Call to', number: '102' });
  expect(second.invite.shown).toEqual({ name: 'Alice', number: '101' });
  expect(first.updates.at(-1)?.shown, 'once the second phone rings, its own name').toEqual({
    name: 'Bob',
    number: '102',
  });
});

it('connects extensions that have names where the PBX has them', async () => {
  await using alice = await phoneOf(lab, 'alice');
  await using desk = await phoneOf(lab, 'sales.desk', { hangUpAfterMs: 300 });
  const { response } = await gateway.click({ dial_first: 'alice', dial_second: 'sales.desk' });
  expect(response.status).toBe('success');
  // The number that a phone shows has no dots: Asterisk takes them out.
  const shown = { name: 'Call to sales.desk', number: 'salesdesk' };
  expect(onlyCall(await alice.result()).invite.shown).toEqual(shown);
  expect(onlyCall(await desk.result()).invite.shown).toEqual({ name: 'Alice Named', number: '1101' });
});

it('bills the call to the account of whoever calls', async () => {
  await using carol = await phoneOf(lab, '103');
  await using dan = await phoneOf(lab, '104', { hangUpAfterMs: 300 });
  const { response } = await gateway.click({ dial_first: '103', dial_second: '104' });
  await Promise.all([carol.result(), dan.result()]);
  const record = new RegExp(`^"support",.*"c2c-${response.request_id}"$`);
  await expect.poll(() => lab.cdr()).toContainEqual(expect.stringMatching(record));
});

it('tells all of it afterwards: what was asked, what the PBX was told, and what it said', async () => {
  await using alice = await phoneOf(lab, '101', { behaviour: 'busy' });
  const before = Math.floor(Date.now() / 1000);
  const { response } = await gateway.click({ dial_first: '101', dial_second: '102', timeout: 20 });
  await alice.result();
  const { request, pbx_request, response: said } = await gateway.status(response.request_id);
  expect(request).toMatchObject({ http_method: 'GET' });
  expect(new URL(request.request_url).search).toBe('?dial_first=101&dial_second=102&timeout=20');
  expect(pbx_request.pbx_data).toMatchObject({
    Action: 'Originate',
    Channel: 'PJSIP/101',
    ChannelId: `c2c-${response.request_id}`,
    Timeout: '20000',
  });
  expect(said.response_data).toMatchObject({
    Response: 'Success',
    Message: 'Originate successfully queued',
  });
  for (const part of [request, pbx_request, said]) {
    const time = Number(part['utc.time']);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000));
  }
});

it('rings nobody but the two', async () => {
  await using alice = await phoneOf(lab, '101');
  await using carol = await phoneOf(lab, '103');
  await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 100 });
  await gateway.click({ dial_first: '101', dial_second: '102' });
  await Promise.all([alice.result(), bob.result()]);
  await sleep(200);
  expect(await carol.stop()).toMatchObject({ rang: 0 });
});
