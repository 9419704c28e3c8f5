import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { type Clock, systemClock } from '../../../kit/clock.ts';
import type { SandboxCall } from '../ami/live-call.ts';
import { startListening } from '../listening.ts';
import { Timers } from '../timers.ts';
import { Apps } from './apps.ts';
import { dialOut, type DialOut, type OutboundLine } from './dial-out.ts';
import { AriExchange } from './exchange.ts';
import type { AriFaults } from './faults.ts';
import { serveHttp } from './serve-http.ts';
import { serveEvents } from './serve-events.ts';
import { splitWrites } from './split-writes.ts';
import { Witness } from './witness.ts';

export interface AriSandboxOptions {
  readonly clock?: Clock;
  /** 0, the default: whichever is free. */
  readonly port?: number;
  readonly host?: string;
  /** The one user; by default `click2call` / `sandbox`. */
  readonly username?: string;
  readonly password?: string;
  /** PEM; with it the port speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** A factor on every delay of the PBX and its phones: 0.05 is twenty times as fast as life. */
  readonly pace?: number;
  /** What goes wrong from the start; may be changed later through the sandbox's own `faults`. */
  readonly faults?: AriFaults;
}

export interface AriSandbox {
  readonly host: string;
  readonly port: number;
  /** In force as they stand: set and delete them at will. */
  readonly faults: AriFaults;
  /** The last thousand calls, oldest first. A copy. */
  calls(): SandboxCall[];
  /** What was asked of it, the last thousand, oldest first: `POST channels/c2c-…/dial`. A copy. */
  requests(): string[];
  /** The ids of the channels and bridges that there are now; `limited`: channels that the PBX ends by itself. */
  standing(): Readonly<Record<'channels' | 'bridges' | 'limited', readonly string[]>>;
  /**
   * Dials out to somebody who then speaks ARI over that WebSocket, as an Asterisk with `outbound_websocket` does; and
   * again whenever it ends. Resolves when the first attempt has ended: with `connected`, or why it is not.
   */
  dialOut(to: DialOut): Promise<string>;
  /** Ends every channel: its events tell of it. */
  endCalls(): void;
  /** Breaks every connection now, as a cut cable does; calls go on. */
  cut(): void;
  /** Ends every call, timer and connection. Idempotent. */
  close(): Promise<void>;
}

/** What all faces of the server share. */
export interface Desk {
  readonly exchange: AriExchange;
  readonly faults: AriFaults;
  readonly login: { readonly username: string; readonly password: string };
}

/**
 * Starts the PBX in the box with ARI: an HTTP server that behaves as Asterisk 22 does, with the numbers of
 * `numbers.ts`. On loopback unless told otherwise. Rejects with the system's error where the port is taken.
 */
export async function startAriSandbox(options: AriSandboxOptions = {}): Promise<AriSandbox> {
  const { clock = systemClock, host = '127.0.0.1', pace = 1, faults = {}, tls } = options;
  const timers = new Timers(pace);
  const witness = new Witness();
  const exchange = new AriExchange(clock, timers, new Apps(clock), witness, faults);
  const { username = 'click2call', password = 'sandbox' } = options;
  const desk: Desk = { exchange, faults, login: { username, password } };
  const server: Server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
  server.on('connection', (socket: Socket) => {
    if (tls === undefined && faults.splitBytes !== undefined) splitWrites(socket, faults.splitBytes);
  });
  serveHttp(server, desk);
  serveEvents(server, desk);
  const door = await startListening(server, { host, port: options.port ?? 0 });
  const lines = new Set<OutboundLine>();
  return {
    host,
    port: door.port,
    faults,
    cut: () => {
      door.cut();
      for (const line of lines) line.cut();
    },
    calls: () => witness.list(),
    requests: () => [...witness.requests],
    standing: () => ({
      channels: [...exchange.channels.keys()],
      bridges: [...exchange.bridges],
      limited: [...exchange.channels.values()]
        .filter(({ cancelAbsolute }) => cancelAbsolute !== undefined)
        .map(({ id }) => id),
    }),
    dialOut: (to) => {
      const line = dialOut(to, desk);
      lines.add(line);
      return line.firstAttempt;
    },
    endCalls: () => {
      for (const channel of exchange.channels.values()) exchange.release(channel);
    },
    close: () => {
      timers.clear();
      for (const line of lines) line.hangUp();
      return door.close();
    },
  };
}
