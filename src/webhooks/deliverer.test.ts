import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../contract/v3/event.ts';
import { SYSTEM } from '../audit/act.ts';
import { createAddressGuard } from '../kit/address-guard.ts';
import { WebhookPaused } from './webhooks.ts';
import { receiver, webhookStage, wholeLife, type Received } from './test-stage.ts';

type Stage = Awaited<ReturnType<typeof webhookStage>>;

const WAIT = { timeout: 15_000 };
const TO_ALL = { types: undefined, label: '' };

async function add({ webhooks, tenantId }: Stage, url: string, types?: string[]) {
  const { webhook, secret } = await webhooks.add(tenantId, { ...TO_ALL, url, types }, SYSTEM);
  return { id: webhook.id, secret };
}

function verify(secret: string, { body, headers }: Received): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}

/** Of one webhook, in the order of their making. */
async function deliveries({ webhooks, tenantId }: Stage, id: string) {
  return ((await webhooks.deliveries(tenantId, id, undefined, 100)) ?? []).toReversed();
}

describe('a message', () => {
  it('is verified by the reference library, and says what the streams say', async () => {
    const stage = await webhookStage();
    const crm = await receiver();
    const { secret } = await add(stage, crm.url);
    await stage.deliver();
    const call = await stage.tellLife();
    await expect.poll(crm.whats, WAIT).toEqual(wholeLife(call));
    for (const message of crm.received) expect(verify(secret, message)).toEqual(JSON.parse(message.body));
    const [first] = crm.received;
    expect(first?.headers).toMatchObject({
      'webhook-id': `${call.id}-1`,
      'content-type': 'application/json',
    });
    const told = JSON.parse(first?.body ?? '') as CallEvent;
    expect(told).toMatchObject({ id: `${call.id}-1`, type: 'call.accepted', number: 1 });
    expect(told.call).toMatchObject({ id: call.id, dial_first: '101', last_event: 1 });
  });

  it('is signed with the new secret and the one before, after a rotation', async () => {
    const stage = await webhookStage();
    const crm = await receiver();
    const { id, secret } = await add(stage, crm.url);
    const rotated = await stage.webhooks.rotate(stage.tenantId, id, SYSTEM);
    await stage.deliver();
    await stage.tellLife(1);
    await expect.poll(crm.whats, WAIT).toHaveLength(1);
    const [message] = crm.received;
    if (message === undefined || rotated === undefined) throw new Error('It was received.');
    expect(verify(secret, message)).toEqual(verify(rotated.secret, message));
    expect(message.headers['webhook-signature']?.toString().split(' ')).toHaveLength(2);
    stage.clock.skip(86_401);
    await stage.tellLife(1);
    await expect.poll(crm.whats, WAIT).toHaveLength(2);
    expect(crm.received[1]?.headers['webhook-signature']?.toString().split(' ')).toHaveLength(1);
  });

  it('goes to those webhooks that want its type', async () => {
    const stage = await webhookStage();
    const [crm, wallboard] = [await receiver(), await receiver()];
    await add(stage, crm.url, ['call.ended']);
    await add(stage, wallboard.url);
    await stage.deliver();
    const call = await stage.tellLife();
    await expect.poll(wallboard.whats, WAIT).toHaveLength(4);
    await expect.poll(crm.whats, WAIT).toEqual([`${call.id} 4`]);
  });

  it('may be a test, and may be sent again', async () => {
    const stage = await webhookStage();
    const crm = await receiver();
    const { id, secret } = await add(stage, crm.url);
    await stage.deliver();
    const test = await stage.webhooks.test(stage.tenantId, id);
    await expect.poll(crm.whats, WAIT).toEqual(['webhook.test']);
    expect(crm.received.map((message) => verify(secret, message))).toMatchObject([
      { id: test?.id, type: 'webhook.test', call: null },
    ]);
    const delivery = () => stage.webhooks.delivery(stage.tenantId, id, test?.id ?? '');
    await expect.poll(async () => (await delivery())?.state, WAIT).toBe('delivered');
    await stage.webhooks.resend(stage.tenantId, id, test?.id ?? '');
    await expect.poll(crm.whats, WAIT).toHaveLength(2);
    await expect.poll(async () => (await delivery())?.tried.length, WAIT).toBe(2);
    expect(crm.received[1]?.headers['webhook-id']).toBe(test?.id);
  });
});

describe('order', () => {
  it('sends no event of a call before the earlier one is taken, and lets no other call wait for it', async () => {
    const stage = await webhookStage();
    const held: (() => void)[] = [];
    let slow = '';
    const crm = await receiver((response, { what }) => {
      if (what === slow) held.push(() => void response.end());
      else response.end();
    });
    await add(stage, crm.url);
    const first = await stage.tellLife();
    slow = `${first.id} 2`;
    await stage.deliver();
    const second = await stage.tellLife();
    await expect.poll(crm.whats, WAIT).toHaveLength(6);
    expect(crm.whats().filter((what) => what.startsWith(second.id))).toEqual(wholeLife(second));
    expect(crm.whats().filter((what) => what.startsWith(first.id))).toEqual(wholeLife(first).slice(0, 2));
    held[0]?.();
    await expect
      .poll(() => crm.whats().filter((what) => what.startsWith(first.id)), WAIT)
      .toEqual(wholeLife(first));
  });
});

describe('an attempt that fails', () => {
  it('is made again later, and each says what came of it', async () => {
    const stage = await webhookStage();
    const says = [
      [500, 'Out of\r\n\u0000order: c2c_0123456789abcdef whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw \u202etxet'],
      [302, ''],
      [200, 'x'.repeat(10_000)],
    ] as const;
    const crm = await receiver((response) => {
      const [status, body] = says[crm.received.length - 1] ?? [200, ''];
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body);
    });
    const { id } = await add(stage, crm.url);
    await stage.deliver();
    await stage.tellLife(1);
    for (let times = 1; times <= says.length; times += 1) {
      await expect.poll(crm.whats, WAIT).toHaveLength(times);
      await expect.poll(async () => (await deliveries(stage, id))[0]?.tried.length, WAIT).toBe(times);
      stage.clock.skip(60 * 4 ** times);
    }
    const [delivery] = await deliveries(stage, id);
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 3 });
    const [refused, redirected, taken] = delivery?.tried ?? [];
    expect(refused).toMatchObject({ status: 500, response: 'Out of order: c2c_*** whsec_*** txet' });
    expect(refused?.error).toMatch(/HTTP 500/);
    expect(redirected?.error).toMatch(/redirects are not followed/);
    expect(taken).toMatchObject({ number: 3, status: 200, error: '' });
    expect(taken?.response).toMatch(/^x{499}…$/);
    expect(taken?.durationMicros).toBeGreaterThan(0);
  });

  it.each([
    ['answers nothing', 'http', /^No answer within 0\.2 s$/],
    ['speaks no TLS', 'https', /./],
  ])('at one that %s says so', async (_name, scheme, error) => {
    const stage = await webhookStage({ answerMs: 200 });
    const crm = await receiver(() => undefined);
    const { id } = await add(stage, crm.url.replace('http', scheme));
    await stage.deliver();
    await stage.tellLife(1);
    await expect.poll(async () => (await deliveries(stage, id))[0]?.tried, WAIT).toHaveLength(1);
    const [delivery] = await deliveries(stage, id);
    expect(delivery?.tried[0]).toMatchObject({ status: undefined, error: expect.stringMatching(error) });
    expect(delivery?.state).toBe('pending');
  });

  it('leaves the webhook alone for a while, and pauses it after a day', async () => {
    const stage = await webhookStage();
    let isUp = false;
    const crm = await receiver((response) => response.writeHead(isUp ? 204 : 503).end());
    const { id } = await add(stage, crm.url);
    for (let calls = 0; calls < 20; calls += 1) await stage.tellLife(1);
    await stage.deliver();
    const tried = async () => (await deliveries(stage, id)).flatMap((each) => each.tried).length;
    // Those that were on their way together, and no more.
    await expect.poll(tried, WAIT).toBe(8);
    for (const seconds of [400, 85_000]) {
      const before = await tried();
      stage.clock.skip(seconds);
      await expect.poll(tried, WAIT).toBeGreaterThan(before);
    }
    await stage.tellLife(1);
    stage.clock.skip(2_000);
    const webhook = () => stage.webhooks.get(stage.tenantId, id);
    await expect.poll(async () => (await webhook())?.state, WAIT).toBe('paused');
    expect((await webhook())?.reason).toMatch(/^Nothing could be delivered for a day/);
    isUp = true;
    await stage.webhooks.resume(stage.tenantId, id, SYSTEM);
    // The one of less than a day ago; the others have had their day.
    await expect.poll(async () => (await deliveries(stage, id)).at(-1)?.state, WAIT).toBe('delivered');
    const states = (await deliveries(stage, id)).map(({ state }) => state);
    expect(states).toEqual([...Array.from({ length: 20 }, () => 'given_up'), 'delivered']);
  });

  it('gives a receiver the rest that it asks for, and everything else that is due there too', async () => {
    const stage = await webhookStage();
    let isUp = false;
    const crm = await receiver((response) =>
      isUp ? response.end('ok') : response.writeHead(429, { 'retry-after': '600' }).end(),
    );
    const { id } = await add(stage, crm.url);
    await stage.deliver();
    await stage.tellLife(1);
    const first = async () => (await deliveries(stage, id))[0];
    await expect.poll(async () => (await first())?.tried.length, WAIT).toBe(1);
    const [tried] = (await first())?.tried ?? [];
    const endedAt = (tried?.atMicros ?? 0) + (tried?.durationMicros ?? 0);
    expect((await first())?.dueAtMicros).toBe(endedAt + 600_000_000);
    await stage.tellLife(1);
    isUp = true;
    stage.clock.skip(590);
    const wake = await receiver();
    await add(stage, wake.url);
    await stage.tellLife(1);
    await expect.poll(wake.whats, WAIT).toHaveLength(1);
    expect(crm.received).toHaveLength(1);
    stage.clock.skip(11);
    await expect.poll(crm.whats, WAIT).toHaveLength(4);
  });

  it('with HTTP 410 gives the message up and pauses the webhook at once', async () => {
    const stage = await webhookStage();
    const crm = await receiver((response) => response.writeHead(410).end());
    const { id } = await add(stage, crm.url);
    await stage.deliver();
    await stage.tellLife(1);
    const webhook = () => stage.webhooks.get(stage.tenantId, id);
    await expect.poll(async () => (await webhook())?.state, WAIT).toBe('paused');
    expect((await webhook())?.reason).toMatch(/410/);
    expect(await deliveries(stage, id)).toMatchObject([{ state: 'given_up' }]);
    await expect(stage.webhooks.test(stage.tenantId, id)).rejects.toBeInstanceOf(WebhookPaused);
  });

  it('holds nobody else up', async () => {
    const stage = await webhookStage();
    const [dead, live] = [await receiver(() => undefined), await receiver()];
    await add(stage, dead.url);
    await add(stage, live.url);
    await stage.deliver();
    const calls = await Promise.all(Array.from({ length: 30 }, () => stage.tellLife()));
    await expect.poll(live.whats, { timeout: 4_000 }).toHaveLength(4 * calls.length);
    expect(dead.received.length).toBeLessThanOrEqual(8);
  });
});

describe('an address', () => {
  it('that is not allowed is refused when it is given, and not connected to when it is met', async () => {
    const guard = createAddressGuard(false, []);
    const lenient = await webhookStage();
    const crm = await receiver();
    const { id } = await add(lenient, crm.url.replace('127.0.0.1', 'localhost'));
    await lenient.deliver(guard);
    await lenient.tellLife(1);
    await expect.poll(async () => (await deliveries(lenient, id))[0]?.tried.length, WAIT).toBe(1);
    const [delivery] = await deliveries(lenient, id);
    expect(delivery?.tried[0]?.error).toMatch(/localhost is at an address that is not allowed here/);
    expect(crm.received).toEqual([]);
    const strict = await webhookStage({ guard });
    await expect(add(strict, crm.url)).rejects.toThrow(/C2C_PBX_NETWORKS/);
    await expect(add(lenient, 'http://169.254.169.254/latest')).rejects.toThrow(/not allowed/);
  });
});

describe('several processes', () => {
  it('deliver each message once, in the order of its call', async () => {
    const stage = await webhookStage();
    const crm = await receiver((response) => void setImmediate(() => response.end()));
    await add(stage, crm.url);
    await Promise.all([stage.deliver(), stage.deliver(), stage.deliver()]);
    const calls = await Promise.all(Array.from({ length: 40 }, () => stage.tellLife()));
    await expect.poll(crm.whats, WAIT).toHaveLength(4 * calls.length);
    for (const call of calls)
      expect(crm.whats().filter((what) => what.startsWith(call.id))).toEqual(wholeLife(call));
  });

  it('take over what one has left when it stops', async () => {
    const stage = await webhookStage({ answerMs: 60_000 });
    let isUp = false;
    const crm = await receiver((response) => {
      if (isUp) response.end();
    });
    await add(stage, crm.url);
    const stopping = await stage.deliver();
    const call = await stage.tellLife();
    await expect.poll(crm.whats, WAIT).toHaveLength(1);
    isUp = true;
    await stopping.stop();
    await stage.deliver();
    await expect.poll(crm.whats, WAIT).toEqual([`${call.id} 1`, ...wholeLife(call)]);
  });

  it('take over what one had taken up when it died, after a while', async () => {
    const stage = await webhookStage();
    const crm = await receiver();
    const { id } = await add(stage, crm.url);
    const call = await stage.tellLife();
    const now = stage.clock.nowMicros();
    expect(await stage.store.webhooks.claim(id, now, now + 20_000_000, 8)).toBeDefined();
    await stage.deliver();
    stage.clock.skip(21);
    await expect.poll(crm.whats, WAIT).toEqual(wholeLife(call));
  });
});
