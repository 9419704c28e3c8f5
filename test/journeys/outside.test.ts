import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import type { CallEvent } from '../../contract/v3/event.ts';
import type { NewWebhook } from '../../contract/v3/webhook.ts';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import type { EventData } from '../../src/switchboard/ports.ts';
import { startGatewayProcess, type GatewayProcess } from './gateway.ts';

/*
 * The service is killed under load, again and again, while it tells the outside: a receiver of webhooks that is out of
 * order now and then, and a client of the stream that comes back with the last id that it has.
 */
const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 6);
const LANES = 4;

let pbx: AmiSandbox;
let gateway: GatewayProcess;
let receiver: Server;
let secret = '';
/** `<call id> <number>`, in the order of their coming, those that were refused left out. */
const taken: string[] = [];
let messages = 0;
const streamed: { readonly id: number; readonly what: string }[] = [];
const over = new AbortController();
let clicks = 0;

beforeAll(async () => {
  pbx = await startAmiSandbox({ username: 'c2c', secret: 'canary', pace: 0.05 });
  const login = { username: 'c2c', secret: 'canary' };
  const roomy = { originates_per_second: 1000, calls_in_progress: 1000 };
  gateway = await startGatewayProcess({ amiPort: pbx.port, amiUsers: { c2c: login } }, { settings: roomy });
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      const event = new Webhook(secret).verify(body, request.headers as Record<string, string>) as CallEvent;
      messages += 1;
      if (messages % 50 === 0) return response.writeHead(500).end('Now and then.');
      taken.push(whatOf(event));
      return response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  secret = await addWebhook(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
  void follow();
});

afterAll(async () => {
  over.abort();
  await gateway[Symbol.asyncDispose]();
  await pbx.close();
  receiver.closeAllConnections();
  receiver.close();
});

function whatOf({ number, call }: CallEvent): string {
  return `${call.id} ${number}`;
}

async function addWebhook(url: string): Promise<string> {
  const answer = await fetch(`${gateway.url}/v3/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url }),
  });
  return ((await answer.json()) as NewWebhook).secret;
}

/** A client of the stream that comes back as `EventSource` does. */
async function follow(): Promise<void> {
  let lastId = '0';
  while (!over.signal.aborted) {
    try {
      const headers = { authorization: `Bearer ${gateway.key}`, 'last-event-id': lastId };
      const answer = await fetch(`${gateway.url}/v3/events`, { headers, signal: over.signal });
      let rest = '';
      for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          lastId = /^id: (\d+)$/m.exec(block)?.[1] ?? lastId;
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data !== undefined)
            streamed.push({ id: Number(lastId), what: whatOf(JSON.parse(data) as CallEvent) });
        }
      }
    } catch {
      // The service is gone for a moment.
    }
    await sleep(20);
  }
}

async function lane(until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const dial_second = `12125${String(100_000 + ++clicks).padStart(6, '0')}`;
    await gateway.click({ dial_first: '201', dial_second }).catch(() => undefined);
    await sleep(20);
  }
}

/** Everything that was told of any call, as the journal has it. */
async function told(): Promise<{ readonly what: string; readonly event: EventData }[]> {
  return gateway.look(async (journal) => {
    const all = await Promise.all(
      gateway
        .callIds()
        .map(async (id) =>
          (await journal.entriesOf(id))
            .filter(({ kind }) => kind === 'event')
            .map(({ data }) => ({ what: `${id} ${(data as EventData).number}`, event: data as EventData })),
        ),
    );
    return all.flat();
  });
}

it(
  `kill -9, ${ROUNDS} times under load: no webhook is lost, each call's come in their order, and the stream has no hole and no repeat`,
  async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const stop = new AbortController();
      const lanes = Array.from({ length: LANES }, () => lane(stop.signal));
      await sleep(300 + 300 * Math.random());
      await gateway.kill();
      await gateway.start();
      await sleep(100);
      stop.abort();
      await Promise.all(lanes);
    }
    const isOver = async () => {
      const ended = (await told()).filter(({ event }) => event.type === 'call.ended').length;
      return gateway.callIds().length - ended;
    };
    // A process is taken for dead after 15 s, and its calls are asked for after that.
    await expect.poll(isOver, { timeout: 60_000, interval: 1_000 }).toBe(0);
    const all = await told();
    expect(all.length).toBeGreaterThan(ROUNDS * 30);

    const missing = () => {
      const there = new Set(taken);
      return all.filter(({ what }) => !there.has(what)).map(({ what }) => what);
    };
    // What was on its way when the service died is taken up after 20 s; what was refused then, later still.
    const patience = 120_000 + ROUNDS * 4_000;
    await expect.poll(missing, { timeout: patience, interval: 1_000 }).toEqual([]);
    const first = [...new Set(taken)];
    const orders = Map.groupBy(first, (what) => what.split(' ')[0] ?? '');
    for (const [id, whats] of orders)
      expect(whats, 'in the order of their numbers').toEqual(whats.map((_, index) => `${id} ${index + 1}`));
    expect(first.length, 'nothing was told that was not').toBe(all.length);

    await expect.poll(() => streamed.length, { timeout: 10_000 }).toBe(all.length);
    expect(streamed.map(({ id }) => id)).toEqual(streamed.map((_, index) => index + 1));
    expect(new Set(streamed.map(({ what }) => what))).toEqual(new Set(all.map(({ what }) => what)));
  },
  240_000 + ROUNDS * 10_000,
);
