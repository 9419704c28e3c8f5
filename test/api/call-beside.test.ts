import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Value } from 'typebox/value';
import { CallResponse, StatusResponse } from '../../contract/c2c-v2.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../freeswitch-gateway.ts';

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway({ C2C_REPEAT_WINDOW_MS: '0' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const PAIR = { dial_first: '103', dial_second: '102', pbx: 'main' };

async function click(parameters: Readonly<Record<string, string>>): Promise<CallResponse> {
  const answer = await gateway.click(parameters);
  expect(Value.Errors(CallResponse, answer)).toEqual([]);
  return answer;
}

describe('the call beside the documented answer', () => {
  it('stands in every answer to a request that was written down, and in its status', async () => {
    const { response } = await click(PAIR);
    expect(response).toMatchObject({
      status: 'success',
      errors: [],
      call: { id: response.request_id, disposition: null },
    });
    const status = await gateway.status(response.request_id);
    expect(Value.Errors(StatusResponse, status)).toEqual([]);
    expect(status.c2c_status.call).toMatchObject({ id: response.request_id, dial_first: '103' });
    expect((await click({ ...PAIR, dial_second: '403' })).response).toMatchObject({
      status: 'fail',
      call: { state: 'ended', disposition: 'failed', diagnosis: { says: expect.any(String) } },
    });
    expect((await click({ ...PAIR, api_key: 'c2c_nobody' })).response.call).toBeUndefined();
  });

  it.each<[wait: string, second: string, call: object]>([
    ['ringing', '408', { state: 'ringing_first' }],
    ['answered', '408', {}],
    ['connected', '105', { state: 'connected' }],
    ['connected', '486', { state: 'ended', disposition: 'busy' }],
    ['ended', '410', { state: 'ended', disposition: 'answered', ended_by: 'second' }],
  ])('waits with wait=%s for the call to %s', async (wait, second, call) => {
    const first = wait === 'ringing' ? '408' : '103';
    const { response } = await click({
      ...PAIR,
      dial_first: first,
      dial_second: second,
      wait,
      timeout: '20',
    });
    expect(response).toMatchObject({ status: 'success', errors: [], call });
    if (wait === 'answered') expect(response.call?.legs[0]?.answered_at).not.toBeNull();
  });

  it('names a wait that is none', async () => {
    const { response } = await click({ ...PAIR, wait: 'talking' });
    expect(response).toMatchObject({
      status: 'fail',
      errors: [
        {
          error: {
            code: 'parameter_invalid',
            message: expect.stringMatching(/^wait can not be "talking"; give one of accepted, /),
          },
        },
      ],
    });
  });

  it('answers whoever waits when the server closes', async () => {
    const other = await startFreeswitchGateway();
    const waiting = other.click({ ...PAIR, dial_second: '105', wait: 'ended', timeout: '600' });
    await expect.poll(() => other.pbx.calls().length).toBe(1);
    await other[Symbol.asyncDispose]();
    expect((await waiting).response.status).toBe('success');
  });
});

describe('explain=1', () => {
  it('says what would become of it, and rings nobody', async () => {
    const before = gateway.pbx.calls().length;
    const { response } = await click({ ...PAIR, explain: '1' });
    expect(response).toMatchObject({
      status: 'success',
      errors: [],
      explanation: {
        verdict: 'ready',
        dial_first: { dialled: '103' },
        order: expect.stringContaining('originate'),
      },
    });
    expect(response.call).toBeUndefined();
    expect(gateway.pbx.calls()).toHaveLength(before);
    expect(await gateway.parts.store.journal.callById(response.request_id)).toBeUndefined();
  });

  it('says everything that is wrong with it', async () => {
    const { response } = await click({ ...PAIR, dial_second: 'x', dail_first: '1', explain: '1' });
    expect(response).toMatchObject({
      status: 'fail',
      errors: [{ error: { code: 'parameter_unknown', url: '' } }, { error: { code: 'parameter_invalid' } }],
      explanation: { verdict: 'refused', reasons: [{ field: 'dail_first' }, { field: 'dial_second' }] },
    });
  });

  it('is not mistaken for a click where it is misspelt', async () => {
    const before = gateway.pbx.calls().length;
    expect((await click({ ...PAIR, explain: 'yes' })).response).toMatchObject({ status: 'fail' });
    expect(gateway.pbx.calls()).toHaveLength(before);
  });
});
