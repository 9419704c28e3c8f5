import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type Clock, systemClock } from '../../../kit/clock.ts';
import { Timers } from '../timers.ts';
import { CallBook } from './call-book.ts';
import { Directory } from './directory.ts';
import { Exchange } from './exchange.ts';
import type { FreeswitchFaults } from './faults.ts';
import type { FreeswitchCall } from './live-call.ts';
import type { Login } from './login.ts';
import { Session, type SessionHost } from './session.ts';

export interface FreeswitchSandboxOptions {
  readonly clock?: Clock;
  /** 0, the default: whichever is free. */
  readonly port?: number;
  readonly host?: string;
  /** The directory's domain; by default `sandbox.test`. */
  readonly domain?: string;
  /** The one password, and a user of that domain with one of its own; by default `sandbox`, `click2call`, `sandbox`. */
  readonly password?: string;
  readonly user?: string;
  readonly userPassword?: string;
  /** What the user may do; by default what the setup guide asks for. */
  readonly allowedApi?: readonly string[];
  readonly allowedEvents?: readonly string[];
  /** PEM; with it the port speaks TLS from the first byte, as behind stunnel. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** A factor on every delay of the PBX and its phones: 0.05 is twenty times as fast as life. */
  readonly pace?: number;
  /** What goes wrong from the start; may be changed later through the sandbox's own `faults`. */
  readonly faults?: FreeswitchFaults;
}

export interface FreeswitchSandbox {
  readonly host: string;
  readonly port: number;
  readonly domain: string;
  /** In force as they stand: set and delete them at will. */
  readonly faults: FreeswitchFaults;
  /** The calls in progress and the last thousand that were, oldest first. A copy. */
  calls(): FreeswitchCall[];
  /** Ends every call in progress: their events tell of it. */
  endCalls(): void;
  /** How many logins are in force. */
  logins(): number;
  /** Breaks every link now, as a restarted PBX or a cut cable does; calls go on. */
  cut(): void;
  /** Ends every call, timer and link. Idempotent. */
  close(): Promise<void>;
}

/** Unauthenticated links at one time, and how long each may stay so (mod_event_socket.c waits 25 s). */
const MAX_STRANGERS = 50;
const AUTH_TIMEOUT_MS = 25_000;
const API =
  'originate uuid_exists uuid_kill user_data user_exists domain_exists sofia_contact version status';
const EVENTS = 'BACKGROUND_JOB CHANNEL_CREATE CHANNEL_HANGUP_COMPLETE';

/**
 * Starts a FreeSWITCH in the box: an Event Socket that behaves as that of 1.10 does, with the numbers of `numbers.ts`.
 * On loopback unless told otherwise. Rejects with the system's error where the port is taken.
 */
export async function startFreeswitchSandbox(
  options: FreeswitchSandboxOptions = {},
): Promise<FreeswitchSandbox> {
  const { clock = systemClock, host = '127.0.0.1', domain = 'sandbox.test', faults = {} } = options;
  const timers = new Timers(options.pace ?? 1);
  const sessions = new Set<Session>();
  const exchange = new Exchange(clock, timers, (event) => {
    for (const session of sessions) session.deliver(event);
  });
  const directory = new Directory(domain);
  const book = new CallBook(exchange, directory, faults);
  const sessionHost = {
    login: loginOf(options, domain),
    faults,
    timers,
    desk: { exchange, directory, book },
  };
  const links = new Set<Socket>();
  const server = listener(options, sessions, sessionHost);
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
    domain,
    faults,
    cut,
    calls: () => book.list(),
    endCalls: () => book.endAll(),
    logins: () => [...sessions].filter(({ authenticated }) => authenticated).length,
    close: () => {
      timers.clear();
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      return stopped;
    },
  };
}

function loginOf(options: FreeswitchSandboxOptions, domain: string): Login {
  return {
    password: options.password ?? 'sandbox',
    user: `${options.user ?? 'click2call'}@${domain}`,
    userPassword: options.userPassword ?? 'sandbox',
    allowedApi: options.allowedApi ?? API.split(' '),
    allowedEvents: options.allowedEvents ?? EVENTS.split(' '),
  };
}

function listener(options: FreeswitchSandboxOptions, sessions: Set<Session>, host: SessionHost): Server {
  const admit = (socket: Socket) => {
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
  };
  return options.tls === undefined ? createTcpServer(admit) : createTlsServer(options.tls, admit);
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
