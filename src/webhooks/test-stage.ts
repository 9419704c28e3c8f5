import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { CallEvent } from '../../contract/v3/event.ts';
import { createAddressGuard, type AddressGuard } from '../kit/address-guard.ts';
import { systemClock, type Clock } from '../kit/clock.ts';
import { createLogger } from '../kit/logger.ts';
import { createSeal } from '../kit/seal.ts';
import { createBus } from '../live/bus.ts';
import { event } from '../store/conformance/events.ts';
import { newTenant, opening, step } from '../store/conformance/samples.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { CallRecord, EventData } from '../switchboard/ports.ts';
import { Deliverer } from './deliverer.ts';
import { Sender } from './sender.ts';
import { Webhooks } from './webhooks.ts';

/** A message as it came to a receiver. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `<call id> <number>`, or the type of a test. */
  readonly what: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  readonly whats: () => string[];
}

/** A real receiver on loopback, which answers 200 unless told otherwise. */
export async function receiver(
  answer: (response: ServerResponse, message: Received) => void = (response) => void response.end('ok'),
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { type, number, call } = JSON.parse(body) as CallEvent;
      const what = (call as CallEvent['call'] | null) === null ? type : `${call.id} ${number}`;
      const message = { headers: request.headers, body, what };
      received.push(message);
      answer(response, message);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks?from=c2c`,
    received,
    whats: () => received.map(({ what }) => what),
  };
}

const LIFE = ['call.accepted', 'call.ringing_first', 'call.answered_first', 'call.ended'] as const;

/** The clock of the machine, which a test may put forward. */
function testClock(): Clock & { skip(seconds: number): void } {
  let skipped = 0;
  return {
    nowMicros: () => systemClock.nowMicros() + skipped,
    monotonicMs: () => systemClock.monotonicMs(),
    skip: (seconds) => (skipped += seconds * 1_000_000),
  };
}

/** Deliverers, each on a store of its own on the same database, and one account whose calls tell what a test wants. */
export async function webhookStage({ guard = createAddressGuard(true, []), answerMs = 5_000 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-webhooks-'));
  const url = join(folder, 'store.db');
  const clock = testClock();
  const seal = createSeal(() => [Buffer.alloc(32, 7)]);
  const store = await openStore({ url });
  const tenantId = await newTenant(store);
  const bus = createBus();
  const opened: Store[] = [store];
  const deliverers: Deliverer[] = [];
  onTestFinished(async () => {
    await Promise.all(deliverers.map((each) => each.stop()));
    for (const each of opened) await each.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** One more process that delivers. */
  const deliver = async (within: AddressGuard = guard): Promise<Deliverer> => {
    const own = await openStore({ url });
    opened.push(own);
    const sender = new Sender(within, clock, answerMs);
    const log = createLogger('silent');
    const deliverer = new Deliverer({ store: own.webhooks, bus, sender, seal, clock, log, lookMs: 20 });
    deliverers.push(deliverer);
    deliverer.start();
    return deliverer;
  };
  /** Lets a new call tell the beginning of its life, an event a step. */
  const tellLife = async (events: number = LIFE.length): Promise<CallRecord> => {
    const made = opening(tenantId);
    await store.journal.open(made);
    for (let number = 1; number <= events; number += 1) await tell(made.call, number);
    return made.call;
  };
  const tell = async (call: CallRecord, number: number): Promise<void> => {
    const entry = { ...event(LIFE[number - 1] ?? 'call.ended', number), atMicros: clock.nowMicros() };
    const position = (await store.journal.advance(step(call, number, { entries: [entry] }))) ?? 0;
    bus.publish([{ call, position, atMicros: entry.atMicros, event: entry.data as EventData }]);
  };
  const webhooks = new Webhooks({
    store: store.webhooks,
    seal,
    guard,
    clock,
    sealing: (put) => put(undefined),
  });
  return { store, tenantId, clock, webhooks, deliver, tellLife, tell };
}

/** What a call's whole life comes to at a receiver. */
export function wholeLife({ id }: CallRecord): string[] {
  return LIFE.map((_, index) => `${id} ${index + 1}`);
}
