import type { RawData, WebSocket } from 'ws';
import { HEARD_EVENTS, objectOf, readEvent, textOf, type AriEvent } from '../asterisk/ari/events.ts';
import { KeepAlive } from '../asterisk/ari/keep-alive.ts';
import type { AriConnection, RestAnswer, RestAsk, RestTransport } from '../asterisk/ari/rest.ts';
import { textOfMessage } from '../asterisk/ari/text-of-message.ts';
import { linkLost } from '../link-faults.ts';
import { PbxError, type Frame, type SessionDeps } from '../contract.ts';
import { NoAnswer } from '../wire/http-client.ts';
import { ReplyBook } from '../wire/reply-book.ts';
import { encodeRequest, readResponse } from './rest-frames.ts';

const ANSWER_MS_MAX = 10_000;
/** Asterisk works on requests one at a time: more than that would be answered too late. */
const WAITING_MAX = 1_000;

/** Two sessions of a PBX may ask over one socket: no two requests have the same id. */
let connections = 0;

/** @param raw the event as it came */
type OnEvent = (event: AriEvent, raw: string) => void;
type BareAnswer = Omit<RestAnswer, 'frames'> & { readonly received: Frame };

/** Requests and events over one WebSocket that the PBX opened (protocol notes, B.4). */
export class SocketConnection implements AriConnection, RestTransport {
  readonly orders: RestTransport = this;
  readonly rest: RestTransport = this;
  readonly app: string;
  readonly #socket: WebSocket;
  readonly #deps: SessionDeps;
  readonly #onEvent: OnEvent;
  readonly #keepAlive: KeepAlive;
  readonly #replies = new ReplyBook<BareAnswer>(ANSWER_MS_MAX);
  readonly #closed = Promise.withResolvers<string>();
  readonly #listeners: Readonly<{
    message: (data: RawData, isBinary: boolean) => void;
    close: () => void;
    error: (error: Error) => void;
  }>;
  readonly #name = `c${++connections}`;
  #requests = 0;
  #closedBecause: string | undefined;

  constructor(socket: WebSocket, app: string, deps: SessionDeps, onEvent: OnEvent) {
    this.#socket = socket;
    this.app = app;
    this.#deps = deps;
    this.#onEvent = onEvent;
    this.#keepAlive = new KeepAlive(socket, deps.clock, (reason) => this.close(reason));
    this.#listeners = {
      message: (data, isBinary) => this.#receive(textOfMessage(data, isBinary)),
      close: () => this.close('The PBX closed the connection.'),
      error: (error) => this.close(error.message),
    };
    socket.on('message', this.#listeners.message);
    socket.on('close', this.#listeners.close);
    socket.on('error', this.#listeners.error);
  }

  get closed(): Promise<string> {
    return this.#closed.promise;
  }

  get isOpen(): boolean {
    return this.#closedBecause === undefined;
  }

  close(reason: string): void {
    this.leave(reason);
    this.#socket.terminate();
  }

  /** Ends our use of the socket, which stays open for whoever comes next. */
  leave(reason: string): void {
    if (this.#closedBecause !== undefined) return;
    this.#closedBecause = reason;
    this.#keepAlive.stop();
    this.#socket.off('message', this.#listeners.message);
    this.#socket.off('close', this.#listeners.close);
    this.#replies.end(reason);
    this.#closed.resolve(reason);
  }

  async send(ask: RestAsk): Promise<RestAnswer> {
    if (this.#closedBecause !== undefined) throw linkLost(this.#closedBecause, []);
    if (this.#replies.size >= WAITING_MAX) throw busy();
    const id = `${this.#name}r${++this.#requests}`;
    const raw = encodeRequest(id, ask);
    const sent = this.#frame('sent', raw);
    const answered = this.#replies.wait(id, (reason) => new NoAnswer(reason, sent));
    this.#socket.send(raw);
    const { status, body, received } = await answered;
    return { status, body, frames: [sent, received] };
  }

  written(ask: RestAsk): string {
    return encodeRequest(`${this.#name}r${this.#requests + 1}`, ask);
  }

  /** Asterisk sends several events for each variable that is set: they are kept at its side. Answers count as events. */
  filterEvents(): void {
    const body = { allowed: ['RESTResponse', ...HEARD_EVENTS].map((type) => ({ type })) };
    this.send({ method: 'PUT', path: ['applications', this.app, 'eventFilter'], body }).catch(
      (error: unknown) => this.#deps.log.debug({ err: error }, 'The events could not be filtered.'),
    );
  }

  #receive(text: string | undefined): void {
    const json = text === undefined ? undefined : parse(text);
    if (text === undefined || json === undefined)
      return this.close('What came over the WebSocket is no message of ARI.');
    if (textOf(objectOf(json)['type']) !== 'RESTResponse') {
      const event = readEvent(json);
      if (event !== undefined) this.#onEvent(event, text);
      return;
    }
    const { id, answer } = readResponse(json);
    this.#replies.answer(id, { ...answer, received: this.#frame('received', text) });
  }

  #frame(direction: Frame['direction'], raw: string): Frame {
    return { direction, atMicros: this.#deps.clock.nowMicros(), raw, data: objectOf(parse(raw)) };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function busy(): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_busy',
    said: `${WAITING_MAX} requests already wait for this PBX`,
    remedy: 'Nothing was sent to the PBX. Try again in a moment.',
  });
}
