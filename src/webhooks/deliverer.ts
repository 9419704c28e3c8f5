import { SYSTEM } from '../audit/act.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import type { Seal } from '../kit/seal.ts';
import type { EventBus } from '../live/bus.ts';
import { messageBody, messageId } from './message.ts';
import type { Claim, DeliveryRecord, DueScope, Settlement, WebhookStore } from './ports.ts';
import { pruneDeliveries } from './prune.ts';
import { DAY_MICROS, nextAttempt, restMicros } from './schedule.ts';
import { openSecrets, secretsAt, signedHeaders } from './secrets.ts';
import { isGone, type Sender, type Sent } from './sender.ts';

interface DelivererDeps {
  readonly store: WebhookStore;
  readonly bus: EventBus;
  readonly sender: Sender;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lookMs?: number;
}

/** Between two looks at what is due: retries, and what other processes queued or left. */
const LOOK_MS = 1_000;
/** Longer than any attempt takes: whoever has not said by then what came of it is gone, and somebody else tries. */
const LEASE_MICROS = 20_000_000;
/** Messages on their way from this process, to one webhook and to all. */
const EACH_MAX = 8;
const ALL_MAX = 256;
const PRUNE_MS = 600_000;
const STOP_MS_MAX = 3_000;
const FAILED_FOR_A_DAY =
  'Nothing could be delivered for a day. Its deliveries say why; put that right, then resume it.';
const RECEIVER_GONE =
  'The receiver answered with HTTP 410, which says that it wants no more. Resume it if it does.';

/**
 * Tells the outside, surely: sends what is due until it is taken or its day is over. What this process has taken up and not
 * settled when it dies, another one takes up after the lease: everything is sent at least once.
 */
export class Deliverer {
  readonly #deps: DelivererDeps;
  /** How many messages are on their way to each webhook. */
  readonly #underWay = new Map<string, number>();
  /** Webhooks that are being served, and whether that is to be done again. */
  readonly #serving = new Map<string, boolean>();
  readonly #asked = new Set<string>();
  readonly #work = new Set<Promise<void>>();
  #tenants: ReadonlySet<string> = new Set();
  #timers: readonly NodeJS.Timeout[] = [];
  #unsubscribe = () => {};
  #isLooking = false;
  #isStopped = false;

  constructor(deps: DelivererDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { bus, lookMs = LOOK_MS } = this.#deps;
    this.#unsubscribe = bus.subscribe((events) => {
      for (const { call } of events) if (this.#tenants.has(call.tenantId)) this.wake(call.tenantId);
    });
    this.#timers = [
      setInterval(() => void this.#look(), lookMs).unref(),
      setInterval(() => this.#do(this.#prune()), PRUNE_MS).unref(),
    ];
    void this.#look();
  }

  /** Something was queued for an account's webhooks. Never throws; without it, it is found within a second. */
  wake(tenantId: string): void {
    if (this.#asked.has(tenantId)) return;
    if (this.#asked.size === 0) setImmediate(() => this.#answer());
    this.#asked.add(tenantId);
  }

  /** Takes up nothing more; what is on its way may arrive, for a moment. What does not is sent again. Idempotent. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#unsubscribe();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, STOP_MS_MAX)));
    await Promise.race([this.#idle(), late]);
    clearTimeout(timer);
    await this.#deps.sender.close();
    await this.#idle();
  }

  async #idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  #answer(): void {
    const asked = [...this.#asked];
    this.#asked.clear();
    for (const tenantId of asked) this.#do(this.#serveDue({ tenantId }));
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      this.#tenants = await this.#deps.store.tenants();
      if (this.#tenants.size > 0) await this.#serveDue();
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'Could not look for what is due to webhooks; trying again.');
    }
    this.#isLooking = false;
  }

  async #serveDue(scope: DueScope = {}): Promise<void> {
    if (this.#isStopped) return;
    const { store, clock } = this.#deps;
    for (const { id, failures } of await store.due(clock.nowMicros(), scope)) {
      // One that fails is tried by one message at a time.
      if (failures === 0 || !this.#underWay.has(id)) this.#do(this.#serve(id));
    }
  }

  #prune(): Promise<void> {
    return pruneDeliveries(this.#deps.store, this.#deps.clock.nowMicros());
  }

  /** Work that a stop waits for. It fails where the store does, and the next look makes up for it. */
  #do(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => {
        this.#deps.log.warn({ err: error }, 'A step of delivering to webhooks failed; trying again.');
      })
      .finally(() => this.#work.delete(done));
    this.#work.add(done);
  }

  /** Takes up what there is room for, one step after the other. */
  async #serve(webhookId: string): Promise<void> {
    if (this.#serving.has(webhookId)) return void this.#serving.set(webhookId, true);
    const { store, clock } = this.#deps;
    try {
      do {
        this.#serving.set(webhookId, false);
        const room = this.#roomFor(webhookId);
        if (room <= 0 || this.#isStopped) return;
        const now = clock.nowMicros();
        const claim = await store.claim(webhookId, now, now + LEASE_MICROS, room);
        for (const delivery of claim?.deliveries ?? []) {
          if (claim !== undefined) this.#do(this.#deliver(claim, delivery));
        }
      } while (this.#serving.get(webhookId) === true);
    } finally {
      this.#serving.delete(webhookId);
    }
  }

  #roomFor(webhookId: string): number {
    const all = [...this.#underWay.values()].reduce((sum, each) => sum + each, 0);
    return Math.min(EACH_MAX - (this.#underWay.get(webhookId) ?? 0), ALL_MAX - all);
  }

  async #deliver(claim: Claim, delivery: DeliveryRecord): Promise<void> {
    const { webhookId } = delivery;
    this.#underWay.set(webhookId, (this.#underWay.get(webhookId) ?? 0) + 1);
    try {
      await this.#attempt(claim, delivery);
    } finally {
      const left = (this.#underWay.get(webhookId) ?? 1) - 1;
      if (left > 0) this.#underWay.set(webhookId, left);
      else this.#underWay.delete(webhookId);
    }
    // Behind it may wait its call's next event, and what there was no room for.
    await this.#serveDue({ webhookId });
  }

  async #attempt(claim: Claim, delivery: DeliveryRecord): Promise<void> {
    const { store, sender, clock } = this.#deps;
    if (this.#isStopped) return store.release(delivery, clock.nowMicros());
    const message = await this.#message(claim, delivery);
    const sent =
      typeof message === 'string'
        ? this.#unsent(message)
        : await sender.send(claim.url, message.headers, message.body);
    if (sent.error !== '' && this.#isStopped) return store.release(delivery, clock.nowMicros());
    const failingSince = await store.settle(settlementOf(claim, delivery, sent));
    const isTooLong = failingSince !== undefined && failingSince <= sent.atMicros - DAY_MICROS;
    if (isGone(sent)) await this.#pause(claim, delivery, Number.MAX_SAFE_INTEGER, RECEIVER_GONE);
    else if (isTooLong) await this.#pause(claim, delivery, failingSince, FAILED_FOR_A_DAY);
  }

  /** So long as nothing was delivered meanwhile by somebody else. */
  #pause({ tenantId }: Claim, { webhookId }: DeliveryRecord, since: number, reason: string): Promise<void> {
    const { store, clock } = this.#deps;
    return store.pauseFailing(webhookId, since, reason, {
      log: tenantId,
      atMicros: clock.nowMicros(),
      by: SYSTEM,
      action: 'webhook.pause',
      subject: webhookId,
      detail: { reason },
    });
  }

  /** The message, or why there is none. */
  async #message(
    { sealed }: Claim,
    delivery: DeliveryRecord,
  ): Promise<{ headers: Record<string, string>; body: string } | string> {
    const { store, seal, clock } = this.#deps;
    const event = await store.eventOf(delivery);
    if (event === undefined && delivery.callId !== undefined)
      return 'The journal has no such event any more.';
    try {
      const now = clock.nowMicros();
      const secrets = secretsAt(openSecrets(seal, sealed, delivery.webhookId), now);
      const body = messageBody(delivery, event);
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Click-2-Call',
        ...signedHeaders(messageId(delivery), now, body, secrets),
      };
      return { headers, body };
    } catch (error) {
      this.#deps.log.error({ err: error, webhook: delivery.webhookId }, 'A message could not be signed.');
      return 'Its secret can not be read any more: the master key is another. Rotate the secret.';
    }
  }

  #unsent(error: string): Sent {
    return {
      atMicros: this.#deps.clock.nowMicros(),
      durationMicros: 0,
      status: undefined,
      error,
      response: '',
      askedRestMicros: 0,
    };
  }
}

function settlementOf(claim: Claim, delivery: DeliveryRecord, sent: Sent): Settlement {
  const { atMicros, durationMicros, status, error, response } = sent;
  const endedAt = atMicros + durationMicros;
  const next = isGone(sent) ? undefined : nextAttempt(delivery, endedAt, sent.askedRestMicros);
  const outcome = error === '' ? 'delivered' : next === undefined ? 'given_up' : 'retry';
  return {
    webhookId: delivery.webhookId,
    attempt: {
      deliveryId: delivery.id,
      number: delivery.attempts,
      atMicros,
      durationMicros,
      status,
      error,
      response,
    },
    outcome,
    dueAtMicros: next ?? endedAt,
    retryAtMicros: endedAt + restMicros(claim.failures, sent.askedRestMicros),
  };
}
