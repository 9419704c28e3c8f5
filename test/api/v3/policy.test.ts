import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../contract/v3/explanation.ts';
import type { Policy } from '../../../contract/v3/policy.ts';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { ask } from './client.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const CUBA = '+53 7 204 1234';

describe('/v3/policy', () => {
  it('is that of a new account until it is set, and counts for the next call', async () => {
    const before = await ask<Policy>(gateway, 'GET /v3/policy');
    expect(before).toMatchObject({
      status: 200,
      body: { home_country: null, countries_denied: [], types_refused: expect.arrayContaining(['premium']) },
    });
    const after = await ask<Policy>(gateway, 'PUT /v3/policy', { body: { countries_denied: ['cu'] } });
    expect(after).toMatchObject({ status: 200, body: { ...before.body, countries_denied: ['CU'] } });
    expect((await ask<Policy>(gateway, 'GET /v3/policy')).body).toEqual(after.body);

    const refused = await ask(gateway, 'POST /v3/calls', { body: { dial_first: '101', dial_second: CUBA } });
    expect(refused).toMatchObject({
      status: 403,
      body: {
        code: 'policy_refused',
        detail: expect.stringMatching(
          /^dial_second is refused: it is in Cuba \(CU\) \(rule countries_denied\); /,
        ),
        errors: [{ field: 'dial_second', code: 'policy_refused' }],
      },
    });
    expect(gateway.pbx.calls()).toEqual([]);
    const { call_id: id } = refused.body as { call_id: string };
    expect((await ask(gateway, `GET /v3/calls/${id}/journal`)).body).toMatchObject({
      items: [{ kind: 'request' }, { kind: 'answer', data: { errors: [{ code: 'policy_refused' }] } }],
    });
    expect(await gateway.click({ dial_first: '101', dial_second: CUBA })).toMatchObject({
      response: { status: 'fail', errors: [{ error: { code: 'policy_refused' } }] },
    });

    await ask(gateway, 'PUT /v3/policy', { body: {} });
    expect((await ask<Policy>(gateway, 'GET /v3/policy')).body).toEqual(before.body);
    const made = await ask(gateway, 'POST /v3/calls', { body: { dial_first: '101', dial_second: '102' } });
    expect(made.status).toBe(201);
  });

  it('is explained: what a number was read as, and which rule decided', async () => {
    await ask(gateway, 'PUT /v3/policy', { body: { home_country: 'DE', countries_allowed: ['DE'] } });
    const body = { dial_first: '101', dial_second: CUBA };
    expect((await ask<Explanation>(gateway, 'POST /v3/calls/explain', { body })).body).toMatchObject({
      verdict: 'refused',
      reasons: [{ code: 'policy_refused', field: 'dial_second' }],
      dial_first: {
        read_as: { type: 'extension', e164: null, country: null },
        policy: { allowed: true, rule: null, detail: 'it is an extension' },
      },
      dial_second: {
        dialled: '+5372041234',
        read_as: { type: 'fixed', e164: '+5372041234', country: 'CU' },
        policy: {
          allowed: false,
          rule: 'countries_allowed',
          detail: 'it is in Cuba (CU), which is none of those allowed',
        },
      },
    });
    const old = await gateway.click({ dial_first: '101', dial_second: '030 123456', explain: '1' });
    expect(old.response.explanation?.dial_second).toMatchObject({
      read_as: { type: 'fixed', e164: '+4930123456', country: 'DE' },
      policy: { allowed: true, rule: 'countries_allowed' },
    });
    await ask(gateway, 'PUT /v3/policy', { body: {} });
  });

  it('names everything that is wrong with it, and stays as it was', async () => {
    const body = { countries_allowed: ['DE', 'ZZ'], hours: ['Mon 9-5'], calls_per_minute: 5 };
    expect(await ask(gateway, 'PUT /v3/policy', { body })).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            field: 'countries_allowed',
            detail: expect.stringContaining('countries_allowed[1] can not be "ZZ"'),
          },
          { field: 'hours', detail: expect.stringContaining('such as Mon-Fri 08:00-18:00') },
        ],
      },
    });
    expect(await ask(gateway, 'PUT /v3/policy', { body: { countries: [] } })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'countries', code: 'parameter_unknown' }] },
    });
    expect((await ask<Policy>(gateway, 'GET /v3/policy')).body.calls_per_minute).toBeNull();
  });

  it('is written down in the audit, with what was changed', async () => {
    await ask(gateway, 'PUT /v3/policy', { body: { home_country: 'AT' } });
    const [entry] = await gateway.parts.store.audit.newest(1, gateway.account.id);
    expect(entry).toMatchObject({ action: 'policy.set', actorKind: 'key', detail: '{"home_country":"AT"}' });
    await ask(gateway, 'PUT /v3/policy', { body: {} });
  });

  it("is each account's own", async () => {
    const { key } = await gateway.addAccount('Other');
    await ask(gateway, 'PUT /v3/policy', { body: { home_country: 'FR' }, key });
    expect((await ask<Policy>(gateway, 'GET /v3/policy')).body.home_country).toBeNull();
  });
});
