import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOver } from '../../src/calls/life.ts';
import { diagnosisOf } from '../../src/calls/present-call.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { startGateway, type Gateway, type Order } from './gateway.ts';
import { phoneOf } from './phones.ts';

/** What is said of calls on a real Asterisk, for what its phones, trunks and dialplan answer. */
const PATIENCE = { timeout: 20_000 };
const DIALPLAN = `
[odd]
include => internal
exten => 777,1,Dial(PJSIP/777,10)
exten => 778,1,Wait(0.2)
 same => n,Hangup()
`;

/** Phones that one test alone has: what comes late for one would disturb the next. */
const ROOM = Array.from({ length: 7 }, (_, index) => String(123 + index));

let lab: Asterisk;
let gateway: Gateway;
/** The same PBX over ARI. */
let overAri: Gateway;

beforeAll(async () => {
  lab = await startAsterisk({
    endpoints: [
      { name: '120', context: 'internal', soundlessSeconds: 2 },
      ...ROOM.map((name) => ({ name, context: 'internal' })),
    ],
    append: { 'extensions.conf': DIALPLAN },
  });
  gateway = await startGateway(lab);
  overAri = await startAriGateway({});
});

afterAll(async () => {
  await gateway.close();
  await overAri.close();
  await lab.stop();
});

function startAriGateway(settings: Readonly<Record<string, string>>): Promise<Gateway> {
  const { username, secret: password } = lab.ariUser;
  const login = { host: '127.0.0.1', port: lab.httpPort, username, password, named_extensions: true };
  return startGateway(lab, { driver: 'asterisk-ari', settings: { ...login, ...settings } });
}

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

describe('of a first phone or trunk that refuses it is said why', () => {
  it.each<[status: string, code: string]>([
    ['401 Unauthorized', 'first_trunk_login_refused'],
    ['402 Payment Required', 'first_no_credit'],
    ['403 Forbidden', 'first_caller_id_refused'],
    ['404 Not Found', 'first_number_unknown'],
    ['410 Gone', 'first_number_changed'],
    ['433 Anonymity Disallowed', 'first_caller_id_hidden'],
    ['480 Temporarily Unavailable', 'first_not_available'],
    ['483 Too Many Hops', 'first_loop'],
    ['484 Address Incomplete', 'first_number_incomplete'],
    ['488 Not Acceptable Here', 'first_codec'],
    ['500 Server Internal Error', 'first_out_of_order'],
    ['607 Unwanted', 'first_caller_id_unwanted'],
  ])('%s: %s', async (status, code) => {
    await using first = await phoneOf(lab, '104', { behaviour: 'refuse', status });
    const diagnosis = await saidOf({ dial_first: '104', dial_second: '102' });
    expect(diagnosis).toMatchObject({ code, says: expect.stringMatching(/^The first phone, 104, .*\.$/) });
    expect(await first.result()).toMatchObject({ exitCode: 0, answered: 0 });
  });
});

describe('of a number that the dialplan ends by itself it is said why', () => {
  it.each<[cause: string, code: string]>([
    ['01', 'second_number_unknown'],
    ['03', 'second_no_route'],
    ['16', 'ended_without_cause'],
    ['21', 'second_declined_or_refused'],
    ['22', 'second_number_changed'],
    ['23', 'second_forward_not_followed'],
    ['25', 'second_loop'],
    ['26', 'second_answered_elsewhere'],
    ['27', 'second_out_of_order'],
    ['28', 'second_number_incomplete'],
    ['34', 'second_congestion'],
    ['38', 'second_out_of_order'],
    ['52', 'second_not_permitted'],
    ['54', 'second_not_permitted'],
    ['58', 'second_codec'],
    ['66', 'second_technology_missing'],
    ['88', 'second_codec'],
    ['95', 'second_failed'],
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

describe('of a phone that forwards it is said', () => {
  it('as the second, that ARI does not follow where it is rung itself', async () => {
    await using straight = await startAriGateway({ app: 'straight', second_channel: 'PJSIP/{second}' });
    await using first = await phoneOf(lab, '123');
    await using second = await phoneOf(lab, '124', { behaviour: 'forward', to: '104' });
    expect(await saidOf({ dial_first: '123', dial_second: '124' }, straight)).toMatchObject({
      code: 'second_forward_not_followed',
    });
    expect(await first.result()).toMatchObject({ answered: 1 });
    expect(await second.result()).toMatchObject({ exitCode: 0, answered: 0 });
  });

  it('as the first, that the PBX does not tell what becomes of it from there', async () => {
    await using first = await phoneOf(lab, '125', { behaviour: 'forward', to: '126' });
    await using other = await phoneOf(lab, '126', { hangUpAfterMs: 300 });
    expect(await saidOf({ dial_first: '125', dial_second: '102' })).toMatchObject({
      code: 'first_forwarded',
      says: 'The phone of 125 forwarded the call and somebody answered; the PBX lab does not tell what became of it from there.',
    });
    expect(await first.result()).toMatchObject({ exitCode: 0, answered: 0 });
    expect(await other.result()).toMatchObject({ answered: 1 });
  });
});

it.each<[over: 'ami' | 'ari', talks: string, waits: string]>([
  ['ami', '127', '128'],
  ['ari', '129', '105'],
])(
  'of a call of which no sound comes it is said, over %s, that the PBX ended it',
  async (over, talks, waits) => {
    const on = over === 'ami' ? gateway : overAri;
    {
      await using first = await phoneOf(lab, '120');
      await using second = await phoneOf(lab, talks);
      const diagnosis = await saidOf({ dial_first: '120', dial_second: talks }, on);
      expect(diagnosis?.says.replace(/\d+\.\d s/, 'N s')).toBe(
        `120 and ${talks} were connected for N s, until no more sound came from one of them and the PBX ended it.`,
      );
      expect(diagnosis).toMatchObject({ code: 'answered_audio_lost', fault: 'network' });
      expect(await first.result()).toMatchObject({ answered: 1 });
      expect(await second.result()).toMatchObject({ answered: 1 });
    }
    await using first = await phoneOf(lab, '120');
    await using second = await phoneOf(lab, waits, { behaviour: 'silent' });
    const order = { dial_first: '120', dial_second: waits, timeout: 10 };
    expect(await saidOf(order, on)).toMatchObject({ code: 'first_audio_lost', fault: 'network' });
    expect(await first.result()).toMatchObject({ answered: 1 });
    expect(await second.result()).toMatchObject({ cancelled: 1 });
  },
);

describe('of a number whose dialplan rings nobody it is said', () => {
  it.each<[second: string, over: 'ami' | 'ari', code: string]>([
    ['777', 'ari', 'second_unavailable'],
    ['778', 'ami', 'ended_without_cause'],
    ['778', 'ari', 'ended_without_cause'],
  ])('%s over %s: %s', async (second, over, code) => {
    const settings = { context: 'odd' };
    await using odd =
      over === 'ami'
        ? await startGateway(lab, { settings })
        : await startAriGateway({ app: 'odd', ...settings });
    await using first = await phoneOf(lab, '101');
    expect(await saidOf({ dial_first: '101', dial_second: second }, odd)).toMatchObject({ code });
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

  it('that the second phone was not dialled, of an ARI that does not say why', async () => {
    await using odd = await startAriGateway({ app: 'lost', second_channel: 'PJSIP/x{second}' });
    await using first = await phoneOf(lab, '101');
    expect(await saidOf({ dial_first: '101', dial_second: '102' }, odd)).toMatchObject({
      code: 'second_not_dialled',
    });
    expect(await first.result()).toMatchObject({ answered: 1 });
  });

  it('that the PBX refused the order, in its words', async () => {
    await using odd = await startAriGateway({ app: 'nope', first_channel: 'NOPE/{first}' });
    expect(await saidOf({ dial_first: '101', dial_second: '102' }, odd)).toMatchObject({
      code: 'order_refused',
      says: 'The PBX lab refused the order: Allocation failed.',
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

it('of an order to a PBX that is being stopped it is said that it takes none', async () => {
  await using stopped = await startAsterisk();
  await using its = await startGateway(stopped);
  await using first = await phoneOf(stopped, '101');
  await using second = await phoneOf(stopped, '102');
  await its.click({ dial_first: '101', dial_second: '102' });
  await expect.poll(async () => (await second.report()).answered).toBe(1);
  // It goes on until the call is over, and the command with it.
  stopped.cli('core stop gracefully').catch(() => undefined);
  await expect
    .poll(() => saidOf({ dial_first: '103', dial_second: '104' }, its), PATIENCE)
    .toMatchObject({
      code: 'pbx_not_ready',
      says: 'The PBX lab is being restarted and takes no orders: Asterisk is shutting down.',
      remedy: 'Try again when the PBX has restarted.',
      fault: 'pbx',
    });
  expect(await first.stop()).toMatchObject({ answered: 1 });
}, 90_000);
