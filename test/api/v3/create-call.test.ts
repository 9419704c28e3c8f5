import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../contract/v3/call.ts';
import type { JournalEntry } from '../../../contract/v3/journal.ts';
import type { Problem } from '../../../contract/v3/problem.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { ask, type Answered } from './client.ts';

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
  const gone = { host: '127.0.0.1', port: 1, password: 'x', domain: 'sandbox.test' };
  await gateway.parts.directory.addPbx(gateway.account.id, 'gone', 'freeswitch', gone);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const PAIR = { dial_first: '101', dial_second: '102', pbx: 'main' };

function create(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered<Call>> {
  return ask<Call>(gateway, 'POST /v3/calls', { body, headers });
}

async function createWrong(body: unknown): Promise<Answered<Problem>> {
  const before = gateway.pbx.calls().length;
  const answer = await ask<Problem>(gateway, 'POST /v3/calls', { body });
  expect(gateway.pbx.calls()).toHaveLength(before);
  return answer;
}

describe('POST /v3/calls', () => {
  it('makes a call, and says where it is', async () => {
    const answer = await create({ ...PAIR, timeout: 20, reference: 'order 7' });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        dial_first: '101',
        dial_second: '102',
        pbx: 'main',
        reference: 'order 7',
        disposition: null,
        problem: null,
      },
    });
    expect(answer.headers.get('location')).toBe(`/v3/calls/${answer.body.id}`);
    expect(answer.headers.get('idempotent-replayed')).toBeNull();
    expect(gateway.pbx.calls().at(-1)).toMatchObject({ first: '101' });
    expect(await ask(gateway, `GET /v3/calls/${answer.body.id}`)).toMatchObject({
      status: 200,
      body: { id: answer.body.id },
    });
  });

  it('takes numbers as people write them, and the PBX by its id', async () => {
    const [pbx] = await gateway.parts.directory.pbxsOf(gateway.account.id);
    const answer = await create({ dial_first: ' 1-0-1 ', dial_second: '(102)', pbx: pbx?.id });
    expect(answer).toMatchObject({ status: 201, body: { dial_first: '101', dial_second: '102' } });
  });

  it.each<[wait: string, state: string]>([
    ['accepted', 'originating'],
    ['ringing', 'ringing_first'],
    ['answered', 'answered_first'],
    ['connected', 'connected'],
  ])('waits until it is %s', async (wait, state) => {
    const answer = await ask<Call>(gateway, `POST /v3/calls?wait=${wait}`, { body: PAIR });
    const order = ['originating', 'ringing_first', 'answered_first', 'ringing_second', 'connected'];
    expect(answer.status).toBe(201);
    expect(order.indexOf(answer.body.state)).toBeGreaterThanOrEqual(order.indexOf(state));
    if (wait === 'connected') expect(answer.body.connected_at).not.toBeNull();
  });

  it('waits for the end, which may come before what was waited for', async () => {
    const ended = await ask<Call>(gateway, 'POST /v3/calls?wait=ended', {
      body: { ...PAIR, dial_second: '104' },
    });
    expect(ended).toMatchObject({
      status: 201,
      body: { state: 'ended', disposition: 'answered', ended_by: 'second' },
    });
    const busy = await ask<Call>(gateway, 'POST /v3/calls?wait=connected', {
      body: { ...PAIR, dial_second: '486' },
    });
    expect(busy).toMatchObject({
      status: 201,
      body: { state: 'ended', disposition: 'busy', diagnosis: { fault: 'second' } },
    });
  });

  it('waits no longer than both phones may ring', async () => {
    const answer = await ask<Call>(gateway, 'POST /v3/calls?wait=ended', {
      body: { ...PAIR, dial_first: '408', timeout: 1 },
    });
    expect(answer).toMatchObject({ status: 201, body: { state: 'ended', disposition: 'no_answer' } });
  });
});

describe('what is wrong with a request is named, and rings nobody', () => {
  it.each<[what: string, body: unknown, errors: readonly string[]]>([
    ['nothing in it', {}, ['dial_first: parameter_missing', 'dial_second: parameter_missing']],
    ['a misspelt name', { ...PAIR, dail_first: '1' }, ['dail_first: parameter_unknown']],
    ['a number for a text', { ...PAIR, dial_first: 101 }, ['dial_first: parameter_invalid']],
    ['a text for a number', { ...PAIR, timeout: '30' }, ['timeout: parameter_invalid']],
    ['a timeout out of bounds', { ...PAIR, timeout: 601 }, ['timeout: parameter_invalid']],
    ['half a second', { ...PAIR, timeout: 1.5 }, ['timeout: parameter_invalid']],
    ['a null', { ...PAIR, dial_as: null }, ['dial_as: parameter_invalid']],
    ['a list', { ...PAIR, dial_as: ['101'] }, ['dial_as: parameter_invalid']],
    ['an object', { ...PAIR, pbx: { $ne: '' } }, ['pbx: parameter_invalid']],
    ['an empty reference', { ...PAIR, reference: '' }, ['reference: parameter_invalid']],
    ['a reference of two lines', { ...PAIR, reference: 'a\nb' }, ['reference: parameter_invalid']],
    [
      'a name of two lines',
      { ...PAIR, caller_id_name: 'a\r\nAction: x' },
      ['caller_id_name: parameter_invalid'],
    ],
    [
      'no numbers',
      { ...PAIR, dial_first: 'x;y', dial_as: '+' },
      ['dial_first: parameter_invalid', 'dial_as: parameter_invalid'],
    ],
    ['a PBX that is none', { ...PAIR, pbx: 'mian' }, ['pbx: pbx_unknown']],
    [
      'a prototype',
      '{"dial_first":"101","dial_second":"102","__proto__":{"pbx":"main"}}',
      ['__proto__: parameter_unknown'],
    ],
    [
      'a name twice',
      '{"dial_first":"101","dial_first":"102","dial_second":"103"}',
      ['dial_first: parameter_repeated'],
    ],
  ])('%s', async (_what, body, errors) => {
    const answer = await createWrong(body);
    expect(answer.status).toBe(422);
    expect((answer.body.errors ?? []).map(({ field, code }) => `${field}: ${code}`)).toEqual(errors);
    expect(errors[0]).toContain(answer.body.code);
  });

  it('says what would be right', async () => {
    const { body } = await createWrong({ ...PAIR, timeout: 0, dail_as: '1' });
    expect(body.detail).toBe(
      '"dail_as" is no parameter; did you mean dial_as? ' +
        'timeout can not be 0; give a whole number from 1 to 600 (Seconds that each phone may ring).',
    );
  });

  it.each<[what: string, body: string, type: string | undefined, status: number, code: string]>([
    ['no JSON', '{"dial_first":', 'application/json', 400, 'body_invalid'],
    ['a list', '[]', 'application/json', 400, 'body_invalid'],
    [
      'a form',
      'dial_first=101&dial_second=102',
      'application/x-www-form-urlencoded',
      415,
      'media_type_unsupported',
    ],
    ['a text', '{}', 'text/plain', 415, 'media_type_unsupported'],
    ['too much', `{"reference":"${'x'.repeat(70_000)}"}`, 'application/json', 413, 'body_too_large'],
  ])('a body that is %s', async (_what, body, type, status, code) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    expect(await ask(gateway, 'POST /v3/calls', { body, headers })).toMatchObject({ status, body: { code } });
  });

  it('a parameter of the query that is none, or is not as described', async () => {
    expect(await ask(gateway, 'POST /v3/calls?dial_first=101', { body: PAIR })).toMatchObject({
      status: 422,
      body: { code: 'parameter_unknown', errors: [{ field: 'dial_first' }] },
    });
    expect(await ask(gateway, 'POST /v3/calls?wait=for&wait=ended', { body: PAIR })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'wait', code: 'parameter_repeated' }] },
    });
    expect(await ask(gateway, 'POST /v3/calls?wait=for', { body: PAIR })).toMatchObject({
      status: 422,
      body: {
        errors: [
          { field: 'wait', code: 'parameter_invalid', detail: expect.stringContaining('accepted, ringing') },
        ],
      },
    });
  });

  it('is written down, so that it can be read again', async () => {
    const refused = await createWrong({ ...PAIR, dial_first: 'Alice' });
    expect(refused.body.call_id).toBeDefined();
    expect(refused.headers.get('location')).toBe(`/v3/calls/${refused.body.call_id}`);
    expect(await ask(gateway, `GET /v3/calls/${refused.body.call_id}`)).toMatchObject({
      status: 200,
      body: {
        state: 'ended',
        disposition: 'failed',
        problem: { code: 'parameter_invalid' },
        diagnosis: { code: 'request_invalid' },
        last_event: 0,
      },
    });
    const journal = await ask<{ items: JournalEntry[] }>(
      gateway,
      `GET /v3/calls/${refused.body.call_id}/journal`,
    );
    expect(journal.body.items.map(({ kind }) => kind)).toEqual(['request', 'answer']);
  });
});

describe('an order that comes to nothing', () => {
  it.each<[what: string, body: object, status: number, code: string]>([
    ['the PBX denies it', { ...PAIR, dial_second: '403' }, 502, 'pbx_permission_denied'],
    ['the PBX is not there', { ...PAIR, pbx: 'gone' }, 502, 'pbx_unreachable'],
  ])('is a problem with the PBX’s own words and the call: %s', async (_what, body, status, code) => {
    const answer = await ask<Problem>(gateway, 'POST /v3/calls', { body });
    expect(answer.body).toMatchObject({
      status,
      code,
      pbx_message: expect.any(String),
      remedy: expect.any(String),
      call_id: expect.any(String),
    });
    const call = await ask<Call>(gateway, `GET /v3/calls/${answer.body.call_id}`);
    expect(call.body).toMatchObject({
      state: 'ended',
      disposition: 'failed',
      problem: { code, said: answer.body.pbx_message },
    });
  });

  it('is 202 where nobody knows whether the PBX took it, and says so in the call', async () => {
    const answer = await create({ ...PAIR, dial_second: '444' });
    expect(answer).toMatchObject({
      status: 202,
      body: { problem: { code: 'pbx_in_doubt' }, accepted_at: null },
    });
    expect(answer.headers.get('location')).toBe(`/v3/calls/${answer.body.id}`);
  });
});
