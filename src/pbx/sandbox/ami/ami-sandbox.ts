import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type Clock, systemClock } from '../../../kit/clock.ts';
import { CallBook } from './call-book.ts';
import type { PbxEventMessage } from './events.ts';
import { Exchange } from './exchange.ts';
import type { SandboxFaults } from './faults.ts';
import type { SandboxCall } from './live-call.ts';
import { encode } from './message.ts';
import type { Privilege } from './privileges.ts';
import { Session, type SessionHost } from './session.ts';
import { takeOrder } from './take-order.ts';
import { Timers } from '../timers.ts';

export interface SandboxOptions {
  readonly clock?: Clock;
  /** 0, the default: whichever is free. */
  readonly port?: number;
  readonly host?: string;
  /** The one login; by default `click2call` / `sandbox`. */
  readonly username?: string;
  readonly secret?: string;
  /** PEM; with it the port speaks TLS from the first byte. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** A factor on every delay of the PBX and its phones: 0.05 is twenty times as fast as life. */
  readonly pace?: number;
  /** The login's rights; by default those that the setup guide asks for. */
  readonly read?: readonly Privilege[];
  readonly write?: readonly Privilege[];
  /** What goes wrong from the start; may be changed later through the sandbox's own `faults`. */
  readonly faults?: SandboxFaults;
}

export interface AmiSandbox {
  readonly host: string;
  readonly port: number;
  /** In force as they stand: set and delete them at will. */
  readonly faults: SandboxFaults;
  /** The calls in progress and the last thousand that were, oldest first. A copy. */
  calls(): SandboxCall[];
  /** Ends every call in progress: their events tell of it. */
  endCalls(): void;
  /** How many logins are in force. */
  logins(): number;
  /** Breaks every link now, as a restarted PBX or a cut cable does; calls go on. */
  cut(): void;
  /** New connections are refused; those that stand remain. */
  stopAccepting(): Promise<void>;
  /** Takes connections again, on the same port. */
  startAccepting(): Promise<void>;
  /** Ends every call, timer and link. Idempotent. */
  close(): Promise<void>;
}

/** Unauthenticated links at one time, and how long each may stay so (manager.conf's own defaults). */
const MAX_STRANGERS = 50;
const AUTH_TIMEOUT_MS = 30_000;

/**
 * Starts the PBX in the box: an AMI server that behaves as Asterisk 22 does, with the numbers of `numbers.ts`. On
 * loopback unless told otherwise. Rejects with the system's error where the port is taken.
 */
export async function startAmiSandbox(options: SandboxOptions = {}): Promise<AmiSandbox> {
  const { clock = systemClock, host = '127.0.0.1', pace = 1, faults = {} } = options;
  const timers = new Timers(pace);
  const sessions = new Set<Session>();
  const exchange = new Exchange(clock, timers, (event) => tellAll(sessions, event));
  const book = new CallBook(exchange);
  const sessionHost = hostOf(options, { exchange, timers, book, faults, startedMicros: clock.nowMicros() });
  const welcome = (socket: Socket) => admit(socket, sessions, sessionHost);
  const server = options.tls === undefined ? createTcpServer(welcome) : createTlsServer(options.tls, welcome);
  const links = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    links.add(socket);
    socket.once('close', () => links.delete(socket));
  });
  // What goes wrong with a single connection is no reason to end the others.
  server.on('error', () => undefined);
  const port = await listen(server, options.port ?? 0, host);
  const cut = () => {
    for (const { socket } of sessions) socket.destroy();
    // Links of TLS that never shook hands are nobody's session.
    for (const socket of links) socket.destroy();
  };
  return {
    host,
    port,
    faults,
    cut,
    calls: () => book.list(),
    endCalls: () => book.hangUpAll(),
    logins: () => [...sessions].filter(({ authenticated }) => authenticated).length,
    stopAccepting: () => stop(server, false),
    startAccepting: async () => {
      if (!server.listening) await listen(server, port, host);
    },
    close: () => {
      timers.clear();
      const stopped = stop(server, true);
      cut();
      return stopped;
    },
  };
}

function hostOf(
  options: SandboxOptions,
  parts: { exchange: Exchange; timers: Timers; book: CallBook; faults: SandboxFaults; startedMicros: number },
): SessionHost {
  const { exchange, timers, book, faults, startedMicros } = parts;
  let challenges = 0;
  return {
    login: { username: options.username ?? 'click2call', secret: options.secret ?? 'sandbox' },
    read: options.read ?? ['call'],
    write: options.write ?? ['originate', 'call', 'reporting'],
    faults,
    timers,
    context: { exchange, startedMicros, hangUp: (channelId, cause) => book.hangUp(channelId, cause) },
    newChallenge: () => String((startedMicros + 7919 * ++challenges) % 1_000_000_000),
    originate: (request, session) => takeOrder(request, session, { book, timers, faults }),
  };
}

function admit(socket: Socket, sessions: Set<Session>, host: SessionHost): void {
  if ([...sessions].filter(({ authenticated }) => !authenticated).length >= MAX_STRANGERS) {
    socket.destroy();
    return;
  }
  const session = new Session(socket, host);
  sessions.add(session);
  // Life's own seconds, not the sandbox's: this bounds a resource, and plays no part in a call.
  const impatience = setTimeout(() => !session.authenticated && socket.destroy(), AUTH_TIMEOUT_MS);
  socket.once('close', () => {
    clearTimeout(impatience);
    sessions.delete(session);
  });
}

function tellAll(sessions: Iterable<Session>, event: PbxEventMessage): void {
  const bytes = encode(event.fields);
  for (const session of sessions) session.deliver(event, bytes);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** @param wait Also until every link is gone; else only the listening ends. */
function stop(server: Server, wait: boolean): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if (!wait) resolve();
  });
}
