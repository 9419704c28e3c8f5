import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOver } from '../../src/calls/life.ts';
import { diagnosisOf } from '../../src/calls/present-call.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { startGateway, type Gateway, type Order } from './gateway.ts';
import { phoneOf } from './phones.ts';

/** What is said of calls that come to nothing on a real Asterisk, for what its phones, trunks and dialplan answer. */
const PATIENCE = { timeout: 20_000 };
let lab: Asterisk;
let gateway: Gateway;

beforeAll(async () => {
  lab = await startAsterisk();
  gateway = await startGateway(lab);
});

afterAll(async () => {
  await gateway.close();
  await lab.stop();
});

async function saidOf(order: Order, on: Gateway = gateway) {
  const { response } = await on.click({ timeout: 3, ...order });
  const read = () => on.parts.store.journal.callById(response.request_id);
  await expect
    .poll(async () => isOver((await read())?.life ?? { state: 'originating' }), PATIENCE)
    .toBe(true);
  const call = await read();
  return call && diagnosisOf(call, call.life);
}

describe('of a second phone or trunk that refuses it is said why', () => {
  it.each<[status: string, code: string]>([
    ['401 Unauthorized', 'second_trunk_login_refused'],
    ['402 Payment Required', 'second_no_credit'],
    ['403 Forbidden', 'second_caller_id_refused'],
    ['404 Not Found', 'second_number_unknown'],
    ['407 Proxy Authentication Required', 'second_trunk_login_refused'],
    ['408 Request Timeout', 'second_no_response'],
    ['410 Gone', 'second_number_changed'],
    ['415 Unsupported Media Type', 'second_codec'],
    ['433 Anonymity Disallowed', 'second_caller_id_hidden'],
    ['480 Temporarily Unavailable', 'second_not_available'],
    ['482 Loop Detected', 'second_loop'],
    ['483 Too Many Hops', 'second_loop'],
    ['484 Address Incomplete', 'second_number_incomplete'],
    ['485 Ambiguous', 'second_number_unknown'],
    ['486 Busy Here', 'second_busy'],
    ['487 Request Terminated', 'second_torn_down'],
    ['488 Not Acceptable Here', 'second_codec'],
    ['500 Server Internal Error', 'second_out_of_order'],
    ['503 Service Unavailable', 'second_congestion'],
    ['600 Busy Everywhere', 'second_busy'],
    ['603 Decline', 'second_declined'],
    ['604 Does Not Exist Anywhere', 'second_number_unknown'],
    ['606 Not Acceptable', 'second_codec'],
    ['607 Unwanted', 'second_caller_id_unwanted'],
    ['608 Rejected', 'second_caller_id_unwanted'],
  ])('%s: %s', async (status, code) => {
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { behaviour: 'refuse', status });
    const diagnosis = await saidOf({ dial_first: '101', dial_second: '102' });
    expect(diagnosis).toMatchObject({ code, says: expect.stringMatching(/^The second phone, 102, .*\.$/) });
    expect(await first.result()).toMatchObject({ answered: 1 });
    expect(await second.result()).toMatchObject({ exitCode: 0, answered: 0 });
  });
});

describe('of a number that the dialplan ends by itself it is said why', () => {
  it.each<[cause: string, code: string]>([
    ['01', 'second_number_unknown'],
    ['03', 'second_no_route'],
    ['21', 'second_declined_or_refused'],
    ['22', 'second_number_changed'],
    ['25', 'second_loop'],
    ['27', 'second_out_of_order'],
    ['28', 'second_number_incomplete'],
    ['34', 'second_congestion'],
    ['38', 'second_out_of_order'],
    ['52', 'second_not_permitted'],
    ['54', 'second_not_permitted'],
    ['58', 'second_codec'],
    ['66', 'second_technology_missing'],
    ['88', 'second_codec'],
  ])('Q.850 %s: %s', async (cause, code) => {
    await using first = await phoneOf(lab, '101');
    expect(await saidOf({ dial_first: '101', dial_second: `8${cause}` })).toMatchObject({ code });
    expect(await first.result()).toMatchObject({ answered: 1 });
  });
});

describe('of a phone that is not there it is said', () => {
  it('that it is not registered', async () => {
    expect(await saidOf({ dial_first: '109', dial_second: '102' })).toMatchObject({
      code: 'first_not_registered',
      says: expect.stringMatching(/^The first phone, 109, never rang: it is not registered with the PBX /),
      remedy: 'Register the phone of 109, or click with another dial_first.',
    });
  });

  it('that it gives no sign, where it is registered and gone', async () => {
    await using first = await phoneOf(lab, '101');
    expect(await saidOf({ dial_first: '101', dial_second: '103' })).toMatchObject({
      code: 'second_no_response',
    });
    expect(await first.result()).toMatchObject({ answered: 1 });
  });

  it('that the first left before it rang', async () => {
    await using first = await phoneOf(lab, '101', { hangUpAfterMs: 300 });
    expect(await saidOf({ dial_first: '101', dial_second: '103' })).toMatchObject({
      code: 'first_left_before_second_rang',
      says: '101 answered, and hung up before 103 rang.',
    });
    expect(await first.result()).toMatchObject({ answered: 1 });
  });
});

describe('of a call that a setting of the PBX is in the way of it is said', () => {
  it('that there is no such kind of channel', async () => {
    await using odd = await startGateway(lab, { settings: { second_channel: 'NOPE/{second}' } });
    await using first = await phoneOf(lab, '101');
    expect(await saidOf({ dial_first: '101', dial_second: '102' }, odd)).toMatchObject({
      code: 'second_technology_missing',
      remedy: expect.stringContaining('second_channel'),
    });
    expect(await first.result()).toMatchObject({ answered: 1 });
  });

  it('that the first phone is rung in a way that leads nowhere', async () => {
    await using odd = await startGateway(lab, { settings: { first_channel: 'NOPE/{first}' } });
    expect(await saidOf({ dial_first: '101', dial_second: '102' }, odd)).toMatchObject({
      code: 'first_no_such_phone',
      remedy: expect.stringContaining('how it is rung'),
    });
  });

  it('that the context is a wrong one', async () => {
    await using lost = await startGateway(lab, { settings: { context: 'nowhere' } });
    expect(await saidOf({ dial_first: '101', dial_second: '102' }, lost)).toMatchObject({
      code: 'second_not_dialable',
      remedy: expect.stringContaining('The dialplan context nowhere'),
    });
  });
});
