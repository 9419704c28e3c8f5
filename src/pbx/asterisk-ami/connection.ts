import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { newToken } from '../../kit/ids.ts';
import type { Frame, SessionDeps } from '../contract.ts';
import { NoReply } from '../wire/link-ended.ts';
import { openSocket } from '../wire/open-socket.ts';
import { PbxSocket } from '../wire/pbx-socket.ts';
import { ReplyBook } from '../wire/reply-book.ts';
import { encodeAction, type Header } from './encoder.ts';
import { EVENTS_READ, OUR_CHANNELS } from './event-reader.ts';
import { AmiFramer } from './framer.ts';
import type { AmiSettings } from './manifest.ts';
import { AmiMessage } from './message.ts';
import * as faults from './faults.ts';

const REPLY_MS_MAX = 10_000;

/** An action's reply, and both messages as they went over the wire. */
export interface AmiReply {
  readonly message: AmiMessage;
  readonly ok: boolean;
  readonly frames: readonly [sent: Frame, received: Frame];
}

/**
 * One logged-in AMI connection. Actions may be sent while others wait for their replies: each reply is known by its
 * ActionID. Asterisk itself works on them one after another.
 */
export class AmiConnection {
  readonly #socket: PbxSocket;
  readonly #deps: SessionDeps;
  readonly #onEvent: (raw: string) => void;
  readonly #framer = new AmiFramer({ names: EVENTS_READ, about: OUR_CHANNELS });
  readonly #replies = new ReplyBook<AmiMessage>(REPLY_MS_MAX);
  readonly #idPrefix = newToken(6);
  #actions = 0;

  /**
   * Connects, checks the certificate, and logs in without sending the secret (MD5 challenge).
   * @throws PbxError of the phase `before_send`
   */
  static async open(
    settings: AmiSettings,
    deps: SessionDeps,
    onEvent: (raw: string) => void = () => undefined,
  ): Promise<AmiConnection> {
    const socket = await openSocket(settings, deps.guard);
    const connection = new AmiConnection(socket, deps, onEvent);
    try {
      await connection.#socket.greeted(faults.notAmi);
      await connection.#logIn(settings);
      return connection;
    } catch (error) {
      connection.close('login failed');
      throw error;
    }
  }

  private constructor(socket: Socket, deps: SessionDeps, onEvent: (raw: string) => void) {
    this.#deps = deps;
    this.#onEvent = onEvent;
    this.#socket = new PbxSocket(socket, deps.clock, {
      receive: (chunk) => this.#receive(chunk),
      ended: (reason) => this.#replies.end(reason),
    });
  }

  /** Resolves with the reason when the connection has ended, for whatever reason. */
  get closed(): Promise<string> {
    return this.#socket.closed;
  }

  get isOpen(): boolean {
    return this.#socket.isOpen;
  }

  /**
   * Sends one action and waits for its reply.
   * @param actionId comes back in the reply and in the events that the action causes; must be unique.
   * @throws UnsafeHeader before anything is sent
   * @throws NoReply when the link ends first or 10 s have passed
   */
  async request(action: string, headers: readonly Header[], actionId = this.#nextId()): Promise<AmiReply> {
    this.#socket.mustBeOpen();
    const raw = encodeAction(action, [['ActionID', actionId], ...headers]);
    const sent = this.#frame('sent', raw.trimEnd());
    const answered = this.#replies.wait(actionId, (reason) => new NoReply(reason, sent));
    this.#socket.write(raw);
    const message = await answered;
    return {
      message,
      ok: message.get('Response') === 'Success',
      frames: [sent, this.#frame('received', message.raw)],
    };
  }

  /** Ends the connection and everything that waits on it. Idempotent. */
  close(reason: string): void {
    this.#socket.close(reason);
  }

  #nextId(): string {
    return `${this.#idPrefix}-${++this.#actions}`;
  }

  #receive(chunk: Buffer): void {
    const { greeting, messages } = this.#framer.push(chunk);
    if (greeting !== undefined) this.#socket.greet();
    for (const raw of messages) this.#dispatch(raw);
  }

  /** Events first: `OriginateResponse` is an event that carries a `Response` header and our ActionID as well. */
  #dispatch(raw: string): void {
    if (raw.startsWith('Event: ')) return this.#onEvent(raw);
    const message = new AmiMessage(raw);
    this.#replies.answer(message.get('ActionID') ?? '', message);
  }

  async #logIn(settings: AmiSettings): Promise<void> {
    try {
      const challenge = await this.request('Challenge', [['AuthType', 'MD5']]);
      if (!challenge.ok) throw faults.loginRefused(challenge.message, challenge.frames);
      const key = createHash('md5')
        .update(`${challenge.message.get('Challenge') ?? ''}${settings.secret}`)
        .digest('hex');
      const login = await this.request('Login', [
        ['AuthType', 'MD5'],
        ['Username', settings.username],
        ['Key', key],
        ['Events', 'call'],
      ]);
      if (!login.ok) throw faults.loginRefused(login.message, login.frames.map(maskKey));
    } catch (error) {
      if (error instanceof NoReply) throw faults.notAmi(error.message);
      throw error;
    }
    this.#socket.keepAlive(() => this.request('Ping', []));
  }

  #frame(direction: Frame['direction'], raw: string): Frame {
    return { direction, atMicros: this.#deps.clock.nowMicros(), raw };
  }
}

/** A challenge's answer is good for one login only, but it tells a guesser whether a guess was right. */
function maskKey(frame: Frame): Frame {
  return { ...frame, raw: frame.raw.replace(/^Key: .*$/m, 'Key: ***') };
}
