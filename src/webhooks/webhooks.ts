import type { Act, Actor } from '../audit/act.ts';
import { AddressRefused, type AddressGuard } from '../kit/address-guard.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, newOrderedId } from '../kit/ids.ts';
import type { Seal } from '../kit/seal.ts';
import type { AttemptRecord, DeliveryRecord, WebhookRecord, WebhookStore } from './ports.ts';
import { readWebhook, WebhookError, type WebhookInput } from './read-webhook.ts';
import { DAY_MICROS } from './schedule.ts';
import { newSecret, openSecrets, sealSecrets, type Secrets } from './secrets.ts';
import { NETWORKS } from './sender.ts';

interface WebhooksDeps {
  readonly store: WebhookStore;
  readonly seal: Seal;
  readonly guard: AddressGuard;
  readonly clock: Clock;
  /** Stores something sealed with the master key in use, and once more where that was changed in between. */
  readonly sealing: Sealing;
}

type Sealing = <Result>(store: (masterKeyId: string | undefined) => Promise<Result>) => Promise<Result>;

/** A delivery with all that came of it so far. */
export interface TriedDelivery extends DeliveryRecord {
  readonly tried: readonly AttemptRecord[];
}

/** A webhook is paused, and nothing is sent to it. */
export class WebhookPaused extends Error {
  override readonly name = 'WebhookPaused';
}

/** Every event costs a row for each. */
const WEBHOOKS_MAX = 20;

/** The webhooks of accounts, for whoever sets them up. What is undefined was not found in that account. */
export class Webhooks {
  readonly #store: WebhookStore;
  readonly #seal: Seal;
  readonly #guard: AddressGuard;
  readonly #clock: Clock;
  readonly #sealing: Sealing;

  constructor({ store, seal, guard, clock, sealing }: WebhooksDeps) {
    this.#store = store;
    this.#seal = seal;
    this.#guard = guard;
    this.#clock = clock;
    this.#sealing = sealing;
  }

  list(tenantId: string): Promise<WebhookRecord[]> {
    return this.#store.webhooksOf(tenantId);
  }

  get(tenantId: string, id: string): Promise<WebhookRecord | undefined> {
    return this.#store.webhook(tenantId, id.toLowerCase());
  }

  /** The secret is told here, once. @throws WebhookError */
  async add(
    tenantId: string,
    input: WebhookInput,
    by: Actor,
  ): Promise<{ webhook: WebhookRecord; secret: string }> {
    const checked = await this.#check(input);
    const { length } = await this.list(tenantId);
    if (length >= WEBHOOKS_MAX) {
      const says = `The account has ${length} webhooks, and may have ${WEBHOOKS_MAX}; remove one first.`;
      throw new WebhookError([{ field: 'url', says }]);
    }
    const id = newId();
    const current = newSecret();
    const webhook: WebhookRecord = {
      id,
      tenantId,
      ...checked,
      sealed: '',
      state: 'active',
      reason: '',
      failingSinceMicros: undefined,
      createdAtMicros: this.#clock.nowMicros(),
    };
    const act = this.#act(webhook, 'webhook.add', by, detailOf(checked));
    await this.#sealing((masterKeyId) =>
      this.#store.add({ ...webhook, sealed: sealSecrets(this.#seal, { current }, id, masterKeyId) }, act),
    );
    return { webhook, secret: current };
  }

  /** What is not given stays. What was queued before stays queued, and goes to the new URL. @throws WebhookError */
  async change(
    tenantId: string,
    id: string,
    change: Partial<WebhookInput>,
    by: Actor,
  ): Promise<WebhookRecord | undefined> {
    const before = await this.get(tenantId, id);
    if (before === undefined) return undefined;
    const { url, types, label } = before;
    const checked = await this.#check({ url, types, label, ...change });
    await this.#store.change(
      tenantId,
      before.id,
      checked,
      this.#act(before, 'webhook.change', by, detailOf(checked)),
    );
    return this.get(tenantId, id);
  }

  async remove(tenantId: string, id: string, by: Actor): Promise<boolean> {
    const webhook = await this.get(tenantId, id);
    if (webhook === undefined) return false;
    return this.#store.remove(
      tenantId,
      webhook.id,
      this.#act(webhook, 'webhook.remove', by, detailOf(webhook)),
    );
  }

  /** A new secret, told here, once. The one before signs too for a day, so that a receiver has time to change over. */
  async rotate(
    tenantId: string,
    id: string,
    by: Actor,
  ): Promise<{ webhook: WebhookRecord; secret: string; previousUntilMicros: number } | undefined> {
    const webhook = await this.get(tenantId, id);
    if (webhook === undefined) return undefined;
    const current = newSecret();
    const untilMicros = this.#clock.nowMicros() + DAY_MICROS;
    const secret = this.#currentOf(webhook);
    const secrets: Secrets = {
      current,
      ...(secret === undefined ? {} : { previous: { secret, untilMicros } }),
    };
    const act = this.#act(webhook, 'webhook.rotate', by, {});
    const isThere = await this.#sealing((masterKeyId) => {
      const sealed = sealSecrets(this.#seal, secrets, webhook.id, masterKeyId);
      return this.#store.rotate(tenantId, webhook.id, sealed, act);
    });
    return isThere ? { webhook, secret: current, previousUntilMicros: untilMicros } : undefined;
  }

  async pause(tenantId: string, id: string, by: Actor): Promise<WebhookRecord | undefined> {
    const webhook = await this.get(tenantId, id);
    if (webhook === undefined) return undefined;
    const act = this.#act(webhook, 'webhook.pause', by, {});
    await this.#store.pause(tenantId, webhook.id, 'It was paused by hand.', act);
    return this.get(tenantId, id);
  }

  async resume(tenantId: string, id: string, by: Actor): Promise<WebhookRecord | undefined> {
    const webhook = await this.get(tenantId, id);
    if (webhook === undefined) return undefined;
    const act = this.#act(webhook, 'webhook.resume', by, {});
    await this.#store.resume(tenantId, webhook.id, this.#clock.nowMicros(), act);
    return this.get(tenantId, id);
  }

  /** Queues an event that no call told. @throws WebhookPaused */
  async test(tenantId: string, id: string): Promise<TriedDelivery | undefined> {
    const webhook = await this.get(tenantId, id);
    if (webhook === undefined) return undefined;
    if (webhook.state === 'paused') throw new WebhookPaused();
    const now = this.#clock.nowMicros();
    const delivery: DeliveryRecord = {
      webhookId: webhook.id,
      id: newOrderedId(),
      callId: undefined,
      seq: undefined,
      type: 'webhook.test',
      number: 0,
      state: 'pending',
      attempts: 0,
      dueAtMicros: now,
      untilMicros: now + DAY_MICROS,
      createdAtMicros: now,
      about: undefined,
    };
    await this.#store.queueTest(delivery);
    return { ...delivery, tried: [] };
  }

  /** Newest first, those before an id. */
  async deliveries(
    tenantId: string,
    id: string,
    before: string | undefined,
    limit: number,
  ): Promise<TriedDelivery[] | undefined> {
    const webhook = await this.get(tenantId, id);
    if (webhook === undefined) return undefined;
    return this.#tried(webhook.id, await this.#store.deliveries(webhook.id, before, limit));
  }

  async delivery(tenantId: string, id: string, deliveryId: string): Promise<TriedDelivery | undefined> {
    const webhook = await this.get(tenantId, id);
    if (webhook === undefined) return undefined;
    const found = await this.#store.delivery(webhook.id, deliveryId.toLowerCase());
    return found === undefined ? undefined : (await this.#tried(webhook.id, [found]))[0];
  }

  /** Queues a delivery again, whatever became of it, for another day. @throws WebhookPaused */
  async resend(tenantId: string, id: string, deliveryId: string): Promise<TriedDelivery | undefined> {
    const webhook = await this.get(tenantId, id);
    if (webhook === undefined) return undefined;
    if (webhook.state === 'paused') throw new WebhookPaused();
    const now = this.#clock.nowMicros();
    await this.#store.requeue(webhook.id, deliveryId.toLowerCase(), now, now + DAY_MICROS);
    return this.delivery(tenantId, id, deliveryId);
  }

  async #tried(webhookId: string, deliveries: readonly DeliveryRecord[]): Promise<TriedDelivery[]> {
    const [newest, oldest] = [deliveries[0], deliveries.at(-1)];
    if (newest === undefined || oldest === undefined) return [];
    const attempts = await this.#store.attempts(webhookId, oldest.id, newest.id);
    const of = Map.groupBy(attempts, ({ deliveryId }) => deliveryId);
    return deliveries.map((delivery) => ({ ...delivery, tried: of.get(delivery.id) ?? [] }));
  }

  #act({ id, tenantId }: WebhookRecord, action: Act['action'], by: Actor, detail: Act['detail']): Act {
    return { log: tenantId, atMicros: this.#clock.nowMicros(), by, action, subject: id, detail };
  }

  /** Undefined where the master key is another than it was sealed with: a new secret is the way out of that. */
  #currentOf({ id, sealed }: WebhookRecord): string | undefined {
    try {
      return openSecrets(this.#seal, sealed, id).current;
    } catch {
      return undefined;
    }
  }

  /** An address that is not allowed is said at once; whether it still is, is looked at with every message. */
  async #check(input: WebhookInput) {
    const checked = readWebhook(input);
    const { hostname, port } = new URL(checked.url);
    try {
      await this.#guard.resolve(hostname, Number(port));
    } catch (error) {
      // A name that is not known today may be tomorrow.
      if (error instanceof AddressRefused)
        throw new WebhookError([
          { field: 'url', says: `url can not be used: ${error.message}. ${NETWORKS}` },
        ]);
    }
    return checked;
  }
}

/** For the audit. A URL's query may hold a secret of the receiver's. */
function detailOf({ url, types, label }: Pick<WebhookRecord, 'url' | 'types' | 'label'>): Act['detail'] {
  const { origin, pathname } = new URL(url);
  return { url: origin + pathname, types: types ?? null, label };
}
