import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { systemClock } from '../../../kit/clock.ts';
import { startListening } from '../listening.ts';
import { Timers } from '../timers.ts';
import { SwitchvoxCalls, type SwitchvoxCall } from './calls.ts';
import { readRequest } from './envelope.ts';
import { Gate } from './gate.ts';
import { hits, type SwitchvoxFaults, type SwitchvoxSandboxOptions } from './options.ts';
import { carryOut, type Treatment } from './carry-out.ts';
import { writePage, writeAnswer } from './write-answer.ts';

export interface SwitchvoxSandbox {
  readonly host: string;
  readonly port: number;
  /** In force as they stand: set and delete them at will. */
  readonly faults: SwitchvoxFaults;
  /** The calls in progress and the last thousand that were, oldest first. A copy. */
  calls(): SwitchvoxCall[];
  /** How each request tried to log in, in their order. */
  logins(): readonly ('none' | 'basic' | 'digest')[];
  /** The requests that were admitted, in their order, as they came. */
  requests(): readonly string[];
  /** Ends every call in progress. */
  endCalls(): void;
  /** Breaks every connection now; calls go on. */
  cut(): void;
  /** Ends every call, timer and connection. Idempotent. */
  close(): Promise<void>;
}

const BODY_MAX = 1024 * 1024;
const REMEMBERED = 1_000;

/**
 * Starts a PBX in the box that speaks the Extend API of a Switchvox, with the numbers of `numbers.ts`. On loopback unless
 * told otherwise. Rejects with the system's error where the port is taken.
 */
export async function startSwitchvoxSandbox(
  options: SwitchvoxSandboxOptions = {},
): Promise<SwitchvoxSandbox> {
  const { clock = systemClock, host = '127.0.0.1', pace = 1, faults = {}, variant = {} } = options;
  const timers = new Timers(pace);
  const calls = new SwitchvoxCalls(clock, timers);
  const gate = new Gate(options, faults);
  const bodies: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    void serve(request, response, { timers, calls, gate, bodies, faults, variant }).catch(() =>
      response.destroy(),
    );
  };
  const server =
    options.tls === undefined ? createHttpServer(answer) : createHttpsServer(options.tls, answer);
  const door = await startListening(server, { host, port: options.port ?? 0 });
  return {
    host,
    port: door.port,
    faults,
    cut: () => door.cut(),
    calls: () => calls.list(),
    logins: () => [...gate.tries],
    requests: () => [...bodies],
    endCalls: () => calls.hangUpAll(),
    close: () => {
      timers.clear();
      return door.close();
    },
  };
}

interface Room extends Treatment {
  readonly gate: Gate;
  readonly bodies: string[];
}

async function serve(request: IncomingMessage, response: ServerResponse, room: Room): Promise<void> {
  const body = await readBody(request);
  const path = request.url ?? '';
  const isXml = path === '/xml';
  if (request.method !== 'POST' || (!isXml && path !== '/json')) return writePage(response, 200, 'Switchvox');
  // A new version takes another content type for somebody who may not come in.
  const type = (request.headers['content-type'] ?? '').split(';')[0];
  const isRightType = type === (isXml ? 'application/xml' : 'application/json');
  const verdict = room.gate.admit('POST', path, isRightType ? request.headers.authorization : undefined);
  if (room.faults.loginDelayMs !== undefined) await delay(room, room.faults.loginDelayMs);
  if ('status' in verdict) {
    if (verdict.challenges.length > 0) response.setHeader('www-authenticate', [...verdict.challenges]);
    return writePage(response, verdict.status, 'Authorization Required');
  }
  room.bodies.push(body);
  room.bodies.splice(0, room.bodies.length - REMEMBERED);
  const asked = readRequest(body, isXml) ?? { method: '', parameters: {} };
  if (hits(room.faults.forbid, asked.method)) return writePage(response, 403, 'Forbidden');
  const { html } = room.faults;
  if (hits(html?.methods, asked.method)) return writePage(response, html?.status ?? 200, 'Switchvox');
  const outcome = await carryOut(asked, verdict.caller, room);
  if (outcome === 'cut') return void response.destroy();
  if (outcome === 'garbage') {
    response.writeHead(200, { 'content-type': isXml ? 'application/xml' : 'application/json' });
    return void response.end('}{ %%% no answer of any API');
  }
  return writeAnswer(response, asked.method, outcome, isXml, room);
}

function delay({ timers }: Room, ms: number): Promise<void> {
  return new Promise((resolve) => {
    timers.after(ms, resolve);
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX) throw new Error('The request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
