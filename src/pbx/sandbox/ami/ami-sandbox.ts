import { createServer as createTcpServer, type Socket } from 'node:net';
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
import { startListening } from '../listening.ts';
import { Sessions } from '../sessions.ts';
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
  stopAccepting(): void;
  /** Takes connections again, on the same port. */
  startAccepting(): Promise<void>;
  /** Ends every call, timer and link. Idempotent. */
  close(): Promise<void>;
}

/** manager.conf's own default. */
const AUTH_TIMEOUT_MS = 30_000;

/**
 * Starts the PBX in the box: an AMI server that behaves as Asterisk 22 does, with the numbers of `numbers.ts`. On
 * loopback unless told otherwise. Rejects with the system's error where the port is taken.
 */
export async function startAmiSandbox(options: SandboxOptions = {}): Promise<AmiSandbox> {
  const { clock = systemClock, host = '127.0.0.1', pace = 1, faults = {} } = options;
  const timers = new Timers(pace);
  const sessions = new Sessions<Session>(AUTH_TIMEOUT_MS);
  const exchange = new Exchange(clock, timers, (event) => tellAll(sessions, event));
  const book = new CallBook(exchange);
  const sessionHost = hostOf(options, { exchange, timers, book, faults, startedMicros: clock.nowMicros() });
  const welcome = (socket: Socket) => sessions.admit(socket, () => new Session(socket, sessionHost));
  const server = options.tls === undefined ? createTcpServer(welcome) : createTlsServer(options.tls, welcome);
  const door = await startListening(server, { host, port: options.port ?? 0 });
  return {
    host,
    port: door.port,
    faults,
    calls: () => book.list(),
    endCalls: () => book.hangUpAll(),
    logins: () => sessions.loggedIn,
    cut: () => door.cut(),
    stopAccepting: () => door.stopAccepting(),
    startAccepting: () => door.startAccepting(),
    close: () => {
      timers.clear();
      return door.close();
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

function tellAll(sessions: Iterable<Session>, event: PbxEventMessage): void {
  const bytes = encode(event.fields);
  for (const session of sessions) session.deliver(event, bytes);
}
