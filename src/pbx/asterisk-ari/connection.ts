import type { WebSocket } from 'ws';
import { HEARD_EVENTS, readEvent, type AriEvent } from '../asterisk/ari/events.ts';
import type { AriConnection, RestTransport } from '../asterisk/ari/rest.ts';
import { KeepAlive } from '../asterisk/ari/keep-alive.ts';
import { textOfMessage } from '../asterisk/ari/text-of-message.ts';
import type { SessionDeps } from '../contract.ts';
import { openEventSocket } from './event-socket.ts';
import type { AriSettings } from './manifest.ts';

/** How long the PBX may take to say good-bye too. */
const CLOSE_MS_MAX = 500;

/** @param raw the event as it came */
type OnEvent = (event: AriEvent, raw: string, connection: AriConnection) => void;

interface Parts {
  readonly orders: RestTransport;
  readonly rest: RestTransport;
  readonly app: string;
}

/** Requests by HTTP, events over a WebSocket that we opened. It is open as long as the WebSocket is. */
export class HttpAriConnection implements AriConnection {
  readonly orders: RestTransport;
  readonly rest: RestTransport;
  readonly app: string;
  readonly #socket: WebSocket;
  readonly #keepAlive: KeepAlive;
  readonly #closed = Promise.withResolvers<string>();
  #closedBecause: string | undefined;

  /**
   * Connects, checks the certificate, logs in, and registers the application.
   * @throws PbxError of the phase `before_send`
   */
  static async open(
    settings: AriSettings,
    deps: SessionDeps,
    parts: Parts,
    onEvent: OnEvent,
  ): Promise<HttpAriConnection> {
    const socket = await openEventSocket(settings, deps.guard, parts.app);
    const connection = new HttpAriConnection(socket, parts, onEvent, deps);
    connection.#filterEvents(deps);
    return connection;
  }

  private constructor(socket: WebSocket, { orders, rest, app }: Parts, onEvent: OnEvent, deps: SessionDeps) {
    this.#socket = socket;
    this.orders = orders;
    this.rest = rest;
    this.app = app;
    this.#keepAlive = new KeepAlive(socket, deps.clock, (reason) => this.close(reason));
    socket.on('message', (data, isBinary) => this.#receive(textOfMessage(data, isBinary), onEvent));
    socket.on('error', (error) => this.close(error.message));
    socket.on('close', () => this.close('The PBX closed the connection.'));
    socket.resume();
  }

  get closed(): Promise<string> {
    return this.#closed.promise;
  }

  get isOpen(): boolean {
    return this.#closedBecause === undefined;
  }

  close(reason: string): void {
    if (this.#closedBecause !== undefined) return;
    this.#closedBecause = reason;
    this.#keepAlive.stop();
    this.#socket.close();
    setTimeout(() => this.#socket.terminate(), CLOSE_MS_MAX).unref();
    this.#closed.resolve(reason);
  }

  #receive(text: string | undefined, onEvent: OnEvent): void {
    if (!this.isOpen) return;
    const event = text === undefined ? undefined : parse(text);
    if (text === undefined || event === undefined)
      return this.close('What came over the WebSocket is no event of ARI.');
    const known = readEvent(event);
    if (known === undefined) return;
    onEvent(known, text, this);
    if (known.type === 'ApplicationReplaced') this.close(`Another connection took ${known.app} over.`);
  }

  /** Asterisk sends several events for each variable that is set: they are kept at its side. Not there before 16.3. */
  #filterEvents({ log }: SessionDeps): void {
    const body = { allowed: HEARD_EVENTS.map((type) => ({ type })) };
    this.rest
      .send({ method: 'PUT', path: ['applications', this.app, 'eventFilter'], body })
      .catch((error: unknown) => log.debug({ err: error }, 'The events could not be filtered.'));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
