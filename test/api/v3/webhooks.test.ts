import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Webhook as Verifier } from 'standardwebhooks';
import { Value } from 'typebox/value';
import type { CallEvent } from '../../../contract/v3/event.ts';
import { Delivery, Webhook, type NewWebhook, type RotatedWebhook } from '../../../contract/v3/webhook.ts';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { startReceiver } from '../../receiver.ts';
import { ask } from './client.ts';

const WAIT = { timeout: 10_000 };

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

async function create(body: object): Promise<NewWebhook> {
  const answer = await ask<NewWebhook>(gateway, 'POST /v3/webhooks', { body });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('location')).toBe(`/v3/webhooks/${answer.body.id}`);
  return answer.body;
}

async function deliveries(id: string): Promise<readonly Delivery[]> {
  const { body } = await ask<Page<Delivery>>(gateway, `GET /v3/webhooks/${id}/deliveries`);
  for (const item of body.items) expect(Value.Errors(Delivery, item)).toEqual([]);
  return body.items;
}

describe('/v3/webhooks', () => {
  it('are added, with a secret that is shown once, read, changed and removed, and written into the audit', async () => {
    const made = await create({
      url: 'https://192.0.2.1/hooks?token=hush',
      types: ['call.ended'],
      label: 'CRM',
    });
    expect(made).toMatchObject({ types: ['call.ended'], label: 'CRM', state: 'active', paused_reason: null });
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const path = `/v3/webhooks/${made.id}` as const;
    const { secret, ...shown } = made;
    expect(Value.Errors(Webhook, shown)).toEqual([]);
    expect((await ask(gateway, `GET ${path}`)).body).toEqual(shown);
    const listed = await ask<Page<Webhook>>(gateway, 'GET /v3/webhooks');
    expect(listed.body).toEqual({ items: [shown], next: null });
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    const changed = await ask(gateway, `PATCH ${path}`, { body: { types: null, label: '' } });
    expect(changed.body).toEqual({ ...shown, types: null, label: '' });
    const rotated = await ask<RotatedWebhook>(gateway, `POST ${path}/rotate_secret`);
    expect(rotated.body.secret).not.toBe(secret);
    expect(Date.parse(rotated.body.previous_secret_until)).toBeGreaterThan(Date.now() + 86_000_000);
    expect((await ask(gateway, `POST ${path}/pause`)).body).toMatchObject({
      state: 'paused',
      paused_reason: 'It was paused by hand.',
    });
    expect(await ask(gateway, `POST ${path}/test`)).toMatchObject({
      status: 409,
      body: { code: 'webhook_paused' },
    });
    expect((await ask(gateway, `POST ${path}/resume`)).body).toMatchObject({ state: 'active' });
    expect(await ask(gateway, `DELETE ${path}`)).toMatchObject({ status: 204, body: undefined });
    expect(await ask(gateway, `GET ${path}`)).toMatchObject({ status: 404 });
    const audit = await gateway.parts.store.audit.newest(6, gateway.account.id);
    expect(audit.map(({ action }) => action)).toEqual([
      'webhook.remove',
      'webhook.resume',
      'webhook.pause',
      'webhook.rotate',
      'webhook.change',
      'webhook.add',
    ]);
    expect(audit.map(({ actorKind }) => actorKind)).toEqual(Array.from({ length: 6 }, () => 'key'));
    expect(JSON.stringify(audit)).not.toMatch(/hush|whsec/);
  });

  it.each([
    [{}, 'url', 'parameter_missing'],
    [{ url: 'crm.example.net' }, 'url', 'parameter_invalid'],
    [{ url: 'http://169.254.169.254/latest' }, 'url', 'parameter_invalid'],
    [{ url: 'https://x/', types: ['call.endet'] }, 'types', 'parameter_invalid'],
    [{ url: 'https://x/', label: 'a\nb' }, 'label', 'parameter_invalid'],
    [{ url: 'https://x/', secret: 'mine' }, 'secret', 'parameter_unknown'],
  ])('refuses %j, and says what would be right', async (body, field, code) => {
    const answer = await ask(gateway, 'POST /v3/webhooks', { body });
    expect(answer).toMatchObject({ status: 422, body: { code, errors: [{ field, code }] } });
  });

  it('are at most twenty', async () => {
    const { key } = await gateway.addAccount('Many');
    const add = () => ask(gateway, 'POST /v3/webhooks', { key, body: { url: 'https://192.0.2.1/' } });
    for (let count = 0; count < 20; count += 1) expect((await add()).status).toBe(201);
    expect(await add()).toMatchObject({ status: 422, body: { detail: expect.stringContaining('20') } });
  });

  it('are as unknown as those that never were, to another account', async () => {
    const { id } = await create({ url: 'https://192.0.2.1/' });
    const { key } = await gateway.addAccount('Stranger');
    const path = `/v3/webhooks/${id}`;
    for (const request of [
      `GET ${path}`,
      `PATCH ${path}`,
      `DELETE ${path}`,
      `POST ${path}/rotate_secret`,
      `POST ${path}/pause`,
      `POST ${path}/resume`,
      `POST ${path}/test`,
      `GET ${path}/deliveries`,
      `GET ${path}/deliveries/${id}`,
      `POST ${path}/deliveries/${id}/resend`,
    ] as const) {
      const body = request.startsWith('PATCH') ? { body: { label: 'x' } } : {};
      expect(await ask(gateway, request, { key, ...body }), request).toMatchObject({ status: 404 });
    }
    expect((await ask(gateway, `GET ${path}`)).status).toBe(200);
    await ask(gateway, `DELETE ${path}`);
  });
});

describe('a call', () => {
  it("is told to its account's webhooks, from its beginning to its end, as the streams tell it", async () => {
    await using crm = await startReceiver();
    const { id, secret } = await create({ url: crm.url });
    const clicked = await gateway.click({ dial_first: '101', dial_second: '104', pbx: 'main' });
    const callId = clicked.response.request_id;
    const types = () => crm.events().map(({ type }) => type);
    await expect.poll(types, { timeout: 20_000 }).toContain('call.ended');
    const told = crm.received.map(
      ({ body, headers }) => new Verifier(secret).verify(body, headers) as CallEvent,
    );
    expect(told.map(({ number }) => number)).toEqual(told.map((_, index) => index + 1));
    expect(new Set(told.map(({ call }) => call.id))).toEqual(new Set([callId]));
    const stream = await fetch(`${gateway.url}/v3/calls/${callId}/events`, {
      headers: { authorization: `Bearer ${gateway.key}` },
    });
    const streamed = [...(await stream.text()).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);
    expect(streamed).toEqual(crm.received.map(({ body }) => body));
    await expect
      .poll(async () => (await deliveries(id)).map(({ state }) => state), WAIT)
      .toEqual(told.map(() => 'delivered'));
    const [last] = await deliveries(id);
    expect(last).toMatchObject({ type: 'call.ended', call_id: callId, next_attempt_at: null });
    expect(last?.attempts).toMatchObject([{ number: 1, status: 200, error: null, response: 'ok' }]);
    await ask(gateway, `DELETE /v3/webhooks/${id}`);
  });
});

describe('deliveries', () => {
  it('can be tried out, read, paged through and sent again', async () => {
    await using crm = await startReceiver();
    const { id, secret } = await create({ url: crm.url });
    for (let count = 1; count <= 3; count += 1) {
      const answer = await ask<Delivery>(gateway, `POST /v3/webhooks/${id}/test`);
      expect(answer).toMatchObject({ status: 202, body: { type: 'webhook.test', call_id: null } });
      expect(answer.headers.get('location')).toBe(`/v3/webhooks/${id}/deliveries/${answer.body.id}`);
      await expect.poll(() => crm.received.length, WAIT).toBe(count);
    }
    for (const { body, headers } of crm.received) new Verifier(secret).verify(body, headers);
    const all = await deliveries(id);
    expect(all).toHaveLength(3);
    const first = await ask<Page<Delivery>>(gateway, `GET /v3/webhooks/${id}/deliveries?limit=2`);
    const rest = `GET /v3/webhooks/${id}/deliveries?limit=2&cursor=${first.body.next}` as const;
    const second = await ask<Page<Delivery>>(gateway, rest);
    expect([...first.body.items, ...second.body.items].map((each) => each.id)).toEqual(
      all.map((each) => each.id),
    );
    expect(second.body.next).toBeNull();
    const path = `/v3/webhooks/${id}/deliveries/${all[0]?.id}` as const;
    expect((await ask(gateway, `POST ${path}/resend`)).status).toBe(202);
    await expect.poll(() => crm.received.length, WAIT).toBe(4);
    await expect
      .poll(async () => (await ask<Delivery>(gateway, `GET ${path}`)).body.attempts.length, WAIT)
      .toBe(2);
    expect(crm.received[3]?.headers['webhook-id']).toBe(all[0]?.event_id);
    expect(await ask(gateway, `GET /v3/webhooks/${id}/deliveries/${id}`)).toMatchObject({ status: 404 });
    expect(await ask(gateway, `GET /v3/webhooks/${id}/deliveries?cursor=x`)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'cursor' }] },
    });
    await ask(gateway, `DELETE /v3/webhooks/${id}`);
  });
});
