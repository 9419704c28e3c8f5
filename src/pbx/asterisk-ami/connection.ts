import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { newToken } from '../../kit/ids.ts';
import type { Frame, SessionDeps } from '../contract.ts';
import { openSocket } from '../wire/open-socket.ts';
import { encodeAction, type Header } from './encoder.ts';
import { AmiFramer, ProtocolFault } from './framer.ts';
import type { AmiSettings } from './manifest.ts';
import { AmiMessage } from './message.ts';
import * as faults from './faults.ts';

const GREETING_MS_MAX = 5_000;
const REPLY_MS_MAX = 10_000;
const PING_EVERY_MS = 20_000;

/** An action's reply, and both messages as they went over the wire. */
export interface AmiReply {
  readonly message: AmiMessage;
  readonly ok: boolean;
  readonly frames: readonly [sent: Frame, received: Frame];
}

/** The link went away, or no reply came in time. `sent` is what may have arrived. */
export class NoReply extends Error {
  override readonly name = 'NoReply';
  readonly sent: Frame | undefined;

  constructor(message: string, sent: Frame | undefined) {
    super(message);
    this.sent = sent;
  }
}

interface Waiting {
  readonly resolve: (message: AmiMessage) => void;
  readonly reject: (reason: string) => void;
}

/** The events that are read; the others are passed over as bytes. */
const EVENTS = new Set(['Hangup', 'OriginateResponse']);

/**
 * One logged-in AMI connection. Actions may be sent while others wait for their replies: each reply is known by its
 * ActionID. Asterisk itself works on them one after another.
 */
export class AmiConnection {
  readonly #socket: Socket;
  readonly #deps: SessionDeps;
  readonly #onEvent: (event: AmiMessage) => void;
  readonly #framer = new AmiFramer((event) => EVENTS.has(event));
  readonly #waiting = new Map<string, Waiting>();
  readonly #idPrefix = newToken(6);
  #actions = 0;
  #greet: ((version: string) => void) | undefined;
  #closedBecause: string | undefined;
  #closed = Promise.withResolvers<string>();
  #quietSinceMs: number;
  #pinger: NodeJS.Timeout | undefined;

  /**
   * Connects, checks the certificate, and logs in without sending the secret (MD5 challenge).
   * @throws PbxError of the phase `before_send`
   */
  static async open(
    settings: AmiSettings,
    deps: SessionDeps,
    onEvent: (event: AmiMessage) => void = () => undefined,
  ): Promise<AmiConnection> {
    const socket = await openSocket(settings, deps.guard);
    const connection = new AmiConnection(socket, deps, onEvent);
    try {
      await connection.#greeted();
      await connection.#logIn(settings);
      return connection;
    } catch (error) {
      connection.close('login failed');
      throw error;
    }
  }

  private constructor(socket: Socket, deps: SessionDeps, onEvent: (event: AmiMessage) => void) {
    this.#socket = socket;
    this.#deps = deps;
    this.#onEvent = onEvent;
    this.#quietSinceMs = deps.clock.monotonicMs();
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => this.close(error.message));
    socket.on('close', () => this.close('The PBX closed the connection.'));
  }

  /** Resolves with the reason when the connection has ended, for whatever reason. */
  get closed(): Promise<string> {
    return this.#closed.promise;
  }

  get isOpen(): boolean {
    return this.#closedBecause === undefined;
  }

  /**
   * Sends one action and waits for its reply.
   * @param actionId comes back in the reply and in the events that the action causes; must be unique.
   * @throws UnsafeHeader before anything is sent
   * @throws NoReply when the link ends first or 10 s have passed
   */
  async request(action: string, headers: readonly Header[], actionId = this.#nextId()): Promise<AmiReply> {
    if (this.#closedBecause !== undefined) throw new NoReply(this.#closedBecause, undefined);
    const raw = encodeAction(action, [['ActionID', actionId], ...headers]);
    const sent = this.#frame('sent', raw.trimEnd());
    const message = await this.#exchange(actionId, raw, sent);
    return {
      message,
      ok: message.get('Response') === 'Success',
      frames: [sent, this.#frame('received', message.raw)],
    };
  }

  /** Ends the connection and everything that waits on it. Idempotent. */
  close(reason: string): void {
    if (this.#closedBecause !== undefined) return;
    this.#closedBecause = reason;
    clearInterval(this.#pinger);
    this.#socket.destroy();
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
    this.#waiting.clear();
    this.#closed.resolve(reason);
  }

  #nextId(): string {
    return `${this.#idPrefix}-${++this.#actions}`;
  }

  #exchange(actionId: string, raw: string, sent: Frame): Promise<AmiMessage> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.#waiting.delete(actionId);
      };
      const fail = (reason: string) => {
        settle();
        reject(new NoReply(reason, sent));
      };
      const timer = setTimeout(fail, REPLY_MS_MAX, `No reply within ${REPLY_MS_MAX / 1000} s.`);
      this.#waiting.set(actionId, {
        resolve: (message) => {
          settle();
          resolve(message);
        },
        reject: fail,
      });
      this.#write(raw);
    });
  }

  /** What is sent in one turn goes in one packet: a write of its own for each action costs more than the action. */
  #write(raw: string): void {
    if (this.#socket.writableCorked === 0) {
      this.#socket.cork();
      process.nextTick(() => this.#socket.uncork());
    }
    this.#socket.write(raw);
  }

  #receive(chunk: Buffer): void {
    this.#quietSinceMs = this.#deps.clock.monotonicMs();
    try {
      const { greeting, messages } = this.#framer.push(chunk);
      if (greeting !== undefined) this.#greet?.(greeting);
      for (const raw of messages) this.#dispatch(new AmiMessage(raw));
    } catch (error) {
      if (!(error instanceof ProtocolFault)) throw error;
      this.close(error.message);
    }
  }

  /** Events first: `OriginateResponse` is an event that carries a `Response` header and our ActionID as well. */
  #dispatch(message: AmiMessage): void {
    if (message.get('Event') !== undefined) this.#onEvent(message);
    else this.#waiting.get(message.get('ActionID') ?? '')?.resolve(message);
  }

  async #greeted(): Promise<void> {
    const greeting = Promise.withResolvers<string>();
    this.#greet = greeting.resolve;
    const timer = setTimeout(
      () => this.close(`No greeting within ${GREETING_MS_MAX / 1000} s.`),
      GREETING_MS_MAX,
    );
    const ended = this.closed.then((reason) => Promise.reject(faults.notAmi(reason)));
    await Promise.race([greeting.promise, ended]).finally(() => clearTimeout(timer));
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
    this.#pinger = setInterval(() => void this.#ping(), PING_EVERY_MS / 2).unref();
  }

  /** Only a silent link is asked; one that does not answer is dead, whatever TCP thinks. */
  async #ping(): Promise<void> {
    if (this.#deps.clock.monotonicMs() - this.#quietSinceMs < PING_EVERY_MS) return;
    try {
      await this.request('Ping', []);
    } catch (error) {
      this.close(error instanceof Error ? error.message : 'The PBX does not answer.');
    }
  }

  #frame(direction: Frame['direction'], raw: string): Frame {
    return { direction, atMicros: this.#deps.clock.nowMicros(), raw };
  }
}

/** A challenge's answer is good for one login only, but it tells a guesser whether a guess was right. */
function maskKey(frame: Frame): Frame {
  return { ...frame, raw: frame.raw.replace(/^Key: .*$/m, 'Key: ***') };
}
