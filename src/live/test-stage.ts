import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLogger } from '../kit/logger.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { newTenant, step } from '../store/conformance/samples.ts';
import type { CallRecord, EventData } from '../switchboard/ports.ts';
import { event } from '../store/conformance/events.ts';
import { createBus } from './bus.ts';
import { LiveEvents } from './live-events.ts';

type Times = ConstructorParameters<typeof LiveEvents>[0]['times'];

/** One block of a stream: fields by their names. */
export interface Block {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  readonly retry?: string;
}

/** A real client of a stream. */
export interface TestClient {
  readonly status: number | undefined;
  /** Whole blocks so far, comments left out. */
  readonly blocks: readonly Block[];
  readonly comments: () => number;
  /** The ids of the events so far. */
  readonly ids: () => number[];
  lastId(): string;
  readonly socket: IncomingMessage;
  /** Resolves when the server ends the stream; true: cleanly. */
  readonly ended: Promise<boolean>;
  leave(): void;
}

/** Streams over HTTP, on a real store, with one account whose calls tell what a test wants. */
export async function liveStage(times: Times = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-live-'));
  const url = join(folder, 'store.db');
  const [store, other] = [await openStore({ url }), await openStore({ url })];
  const tenantId = await newTenant(store);
  const bus = createBus();
  const live = new LiveEvents({ store: store.events, bus, log: createLogger('silent'), times });
  let isAllowed = true;
  const serve = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { searchParams } = new URL(asked.url ?? '', 'http://x');
    const after = searchParams.get('after');
    const types = searchParams.get('types')?.split(',') as EventData['type'][] | undefined;
    const callId = searchParams.get('call');
    const opened =
      callId === null
        ? await live.openAccount(
            tenantId,
            after === null ? undefined : Number(after),
            types && new Set(types),
          )
        : await live.openCall({ id: callId, tenantId }, Number(after ?? 0), searchParams.has('over'));
    if (opened === undefined) return void answer.writeHead(204).end();
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    opened.start(answer, () => Promise.resolve(isAllowed));
  };
  const server = createServer((asked, answer) => void serve(asked, answer));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    live.close();
    server.closeAllConnections();
    server.close();
    await store.close();
    await other.close();
    await rm(folder, { recursive: true, force: true });
  });

  const calls = new Map<string, { call: CallRecord; version: number; told: number }>();
  /** Lets a call tell one event more, as the switchboard of a process would: committed, then published where asked. */
  const tell = async (call: CallRecord, type: EventData['type'], by: Store = store): Promise<number> => {
    const known = calls.get(call.id) ?? { call, version: 1, told: 0 };
    const entry = event(type, known.told + 1);
    calls.set(call.id, { call, version: known.version + 1, told: known.told + 1 });
    const position = (await by.journal.advance(step(call, known.version, { entries: [entry] }))) ?? 0;
    if (by === store) {
      bus.publish([{ call, position, atMicros: entry.atMicros, event: entry.data as EventData }]);
    }
    return position;
  };
  return {
    store,
    other,
    tenantId,
    bus,
    live,
    tell,
    forbid: () => (isAllowed = false),
    connect: (query = '', options?: { readonly paused: boolean }) => connect(port, query, options),
  };
}

/** @param paused it reads nothing, and takes in what its socket holds */
async function connect(port: number, query: string, { paused } = { paused: false }): Promise<TestClient> {
  const asked = request({ port, host: '127.0.0.1', path: `/?${query}`, agent: false });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const blocks: Block[] = [];
  let rest = '';
  let comments = 0;
  const ended = new Promise<boolean>((resolve) => {
    answer.once('close', () => resolve(answer.complete));
  });
  answer.on('error', () => undefined);
  answer.setEncoding('utf8').on('data', (text: string) => {
    const whole = (rest + text).split('\n\n');
    rest = whole.pop() ?? '';
    for (const each of whole) {
      const lines = each.split('\n');
      if (lines.some((line) => line.startsWith(':'))) comments += 1;
      const fields = lines.filter((line) => !line.startsWith(':'));
      if (fields.length > 0) blocks.push(blockOf(fields));
    }
  });
  if (paused) answer.pause();
  return {
    status: answer.statusCode,
    blocks,
    comments: () => comments,
    ids: () => blocks.filter(({ data }) => data !== undefined).map(({ id }) => Number(id)),
    lastId: () => blocks.findLast(({ id }) => id !== undefined)?.id ?? '',
    socket: answer,
    ended,
    leave: () => void asked.destroy(),
  };
}

function blockOf(lines: readonly string[]): Block {
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
}

/** 1, 2, 3 … to `last`. */
export function upTo(last: number, from = 1): number[] {
  return Array.from({ length: last - from + 1 }, (_, index) => from + index);
}
