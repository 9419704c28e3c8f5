import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Clock, systemClock } from '../../../kit/clock.ts';
import { dialplanHas, findNumber, SLOW_REPLY_MS, type OrderTreatment } from '../numbers.ts';
import { startListening } from '../listening.ts';
import { Timers } from '../timers.ts';
import type { HttpFaults } from './faults.ts';
import { sendReply } from './send-reply.ts';
import { HttpCalls, type HttpSandboxCall } from './http-calls.ts';
import type { Accounts, HttpOrder, Outcome, Reply, VendorRequest } from './vendor.ts';
import { VENDORS } from './vendors.ts';

export interface HttpSandboxOptions {
  /** Whose API: the name of a ready-made template, such as `wazo`. */
  readonly template: string;
  readonly clock?: Clock;
  /** 0, the default: whichever is free. */
  readonly port?: number;
  /** The one login; by default `click2call` / `sandbox`. An API with a token alone takes the secret for it. */
  readonly username?: string;
  readonly secret?: string;
  /** PEM; with it the port speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** A factor on every delay: 0.05 is twenty times as fast as life. */
  readonly pace?: number;
  readonly faults?: HttpFaults;
}

export interface HttpSandbox {
  /** Whose API it is. */
  readonly template: string;
  readonly host: string;
  readonly port: number;
  /** In force as they stand: set and delete them at will. */
  readonly faults: HttpFaults;
  /** The calls in progress and the last thousand that were, oldest first. A copy. */
  calls(): HttpSandboxCall[];
  /** The last thousand requests, as they came. A copy. */
  requests(): VendorRequest[];
  /** Ends every call in progress. */
  endCalls(): void;
  /** Makes every token that was given out invalid. */
  expireTokens(): void;
  /** Breaks every link now. */
  cut(): void;
  /** Ends every timer and link. Idempotent. */
  close(): Promise<void>;
}

const KEPT = 1_000;
const BODY_BYTES_MAX = 64 * 1024;

/**
 * Starts a PBX's HTTP API on loopback: the endpoints that a click needs, as their vendor documents them, with the numbers
 * of `numbers.ts`. Throws where the vendor is not known, and rejects with the system's error where the port is taken.
 */
export async function startHttpSandbox(options: HttpSandboxOptions): Promise<HttpSandbox> {
  const { clock = systemClock, faults = {}, pace = 1, template } = options;
  const vendor = VENDORS[template];
  if (vendor === undefined) throw new TypeError(`There is no sandbox for ${template}.`);
  const host = '127.0.0.1';
  const timers = new Timers(pace);
  const accounts = new SandboxAccounts(options.username ?? 'click2call', options.secret ?? 'sandbox', faults);
  const calls = new HttpCalls(clock, timers);
  const requests: VendorRequest[] = [];
  const ring = (order: HttpOrder) => calls.begin(order);
  const listener = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await readRequest(incoming);
    keep(requests, request);
    carryOut(vendor(request, accounts, calls), response, { timers, faults, ring });
  };
  const server = serverFor(options, (incoming, response) => {
    listener(incoming, response).catch(() => response.destroy());
  });
  const door = await startListening(server, { host, port: options.port ?? 0 });
  return {
    template,
    host,
    port: door.port,
    faults,
    calls: () => calls.list(),
    endCalls: () => calls.hangUpAll(),
    requests: () => [...requests],
    expireTokens: () => accounts.expire(),
    cut: () => door.cut(),
    close: () => {
      timers.clear();
      return door.close();
    },
  };
}

interface Workings {
  readonly timers: Timers;
  readonly faults: HttpFaults;
  readonly ring: (order: HttpOrder) => string;
}

function carryOut(outcome: Outcome, response: ServerResponse, { timers, faults, ring }: Workings): void {
  if (outcome.is === 'answer') {
    const send = () => sendReply(response, outcome.reply, faults);
    if (outcome.login === true && faults.loginDelayMs !== undefined) timers.after(faults.loginDelayMs, send);
    else send();
    return;
  }
  const { order, accepted, denied, unknown, context } = outcome;
  const treatment = treatmentOf(order);
  const isKnown =
    findNumber(order.second) !== undefined && (context === undefined || dialplanHas(context, order.second));
  if (treatment === 'denies') return sendReply(response, denied, faults);
  if (treatment === 'babbles') return sendReply(response, GARBAGE, faults);
  if (!isKnown && unknown !== undefined) return sendReply(response, unknown, faults);
  const reply = accepted(ring(order));
  if (treatment === 'drops') return void response.socket?.destroy();
  if (faults.neverAnswer === true) return;
  if (treatment === 'stalls') timers.after(SLOW_REPLY_MS, () => sendReply(response, reply, faults));
  else sendReply(response, reply, faults, true);
}

const GARBAGE: Reply = { status: 200, type: 'text/plain', body: '\u0001garbage <<< {"no": json' };

/** Where both numbers want something of the order, the first has its way. */
function treatmentOf({ first, second }: HttpOrder): OrderTreatment | undefined {
  return findNumber(first)?.order ?? findNumber(second)?.order;
}

class SandboxAccounts implements Accounts {
  readonly username: string;
  readonly secret: string;
  readonly #faults: HttpFaults;
  readonly #tokens = new Set<string>();
  #issued = 0;

  constructor(username: string, secret: string, faults: HttpFaults) {
    this.#faults = faults;
    this.username = username;
    this.secret = secret;
  }

  issue(): string {
    const token = `token-${++this.#issued}-of-the-sandbox`;
    this.#tokens.add(token);
    return token;
  }

  isValid(token: string | undefined): boolean {
    return this.#faults.knowsNoToken !== true && token !== undefined && this.#tokens.has(token);
  }

  expire(): void {
    this.#tokens.clear();
  }
}

async function readRequest(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error('The request is too large.');
    chunks.push(chunk);
  }
  const { url = '/', method = '', headers } = incoming;
  const [path = '', query = ''] = url.split('?', 2);
  return {
    method,
    url,
    path: decodeURIComponent(path),
    query: new URLSearchParams(query),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function serverFor(
  { tls }: HttpSandboxOptions,
  listener: (incoming: IncomingMessage, response: ServerResponse) => void,
): Server {
  return tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
}

function keep<Item>(list: Item[], item: Item): void {
  list.push(item);
  if (list.length > KEPT) list.shift();
}
