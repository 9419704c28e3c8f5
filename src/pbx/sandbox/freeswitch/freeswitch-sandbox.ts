import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type Clock, systemClock } from '../../../kit/clock.ts';
import { startListening } from '../listening.ts';
import { Sessions } from '../sessions.ts';
import { Timers } from '../timers.ts';
import { CallBook } from './call-book.ts';
import { Directory } from './directory.ts';
import { Exchange } from './exchange.ts';
import type { FreeswitchFaults } from './faults.ts';
import type { FreeswitchCall } from './live-call.ts';
import type { Login } from './login.ts';
import { Session } from './session.ts';

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

/** As mod_event_socket.c waits. */
const AUTH_TIMEOUT_MS = 25_000;
const API =
  'originate uuid_exists uuid_kill user_data user_exists domain_exists sofia_contact version status';
const EVENTS =
  'BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE';

/**
 * Starts a FreeSWITCH in the box: an Event Socket that behaves as that of 1.10 does, with the numbers of `numbers.ts`.
 * On loopback unless told otherwise. Rejects with the system's error where the port is taken.
 */
export async function startFreeswitchSandbox(
  options: FreeswitchSandboxOptions = {},
): Promise<FreeswitchSandbox> {
  const { clock = systemClock, host = '127.0.0.1', domain = 'sandbox.test', faults = {} } = options;
  const timers = new Timers(options.pace ?? 1);
  const sessions = new Sessions<Session>(AUTH_TIMEOUT_MS);
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
  const welcome = (socket: Socket) => sessions.admit(socket, () => new Session(socket, sessionHost));
  const server = options.tls === undefined ? createTcpServer(welcome) : createTlsServer(options.tls, welcome);
  const door = await startListening(server, { host, port: options.port ?? 0 });
  return {
    host,
    port: door.port,
    domain,
    faults,
    calls: () => book.list(),
    endCalls: () => book.endAll(),
    logins: () => sessions.loggedIn,
    cut: () => door.cut(),
    close: () => {
      timers.clear();
      return door.close();
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
