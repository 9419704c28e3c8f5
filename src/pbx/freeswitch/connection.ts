import type { Socket } from 'node:net';
import type { Frame, SessionDeps } from '../contract.ts';
import { NoReply, ProtocolFault } from '../wire/link-ended.ts';
import { openSocket } from '../wire/open-socket.ts';
import { PbxSocket } from '../wire/pbx-socket.ts';
import { apiLine, encodeCommand, encodeJob } from './encoder.ts';
import * as faults from './faults.ts';
import { EslFramer } from './framer.ts';
import type { FreeswitchSettings } from './manifest.ts';
import { EslEvent, EslMessage } from './message.ts';
import { type EslReply, ReplyQueue } from './reply-queue.ts';

/** An API command works while the link waits; a directory behind HTTP may take its time. */
const REPLY_MS_MAX = 10_000;
/** `bgapi` is answered as soon as its thread runs; FreeSWITCH itself waits 2 s for that at most. */
const JOB_REPLY_MS_MAX = 5_000;

/**
 * One logged-in Event Socket connection. Commands may be sent while others wait for their replies. FreeSWITCH answers
 * them one after another and a reply names no command, so each reply belongs to the oldest that waits: where one does
 * not come, none after it can be told apart, and the connection ends.
 */
export class EslConnection {
  readonly #socket: PbxSocket;
  readonly #deps: SessionDeps;
  readonly #onEvent: (event: EslEvent) => void;
  readonly #framer: EslFramer;
  readonly #queue = new ReplyQueue((reason) => this.close(reason));
  #rejection: string | undefined;
  #allowedApi: string | undefined;
  #allowedEvents: string | undefined;
  #subscription = '';

  /**
   * Connects, checks the certificate, logs in and subscribes to the events that are needed.
   * @throws PbxError of the phase `before_send`
   */
  static async open(
    settings: FreeswitchSettings,
    deps: SessionDeps,
    onEvent: (event: EslEvent) => void = () => undefined,
  ): Promise<EslConnection> {
    const socket = await openSocket(settings, deps.guard);
    const connection = new EslConnection(socket, deps, onEvent, settings.password);
    try {
      await connection.#greeted();
      await connection.#logIn(settings);
      return connection;
    } catch (error) {
      connection.close('login failed');
      throw error;
    }
  }

  private constructor(
    socket: Socket,
    deps: SessionDeps,
    onEvent: (event: EslEvent) => void,
    password: string,
  ) {
    this.#deps = deps;
    this.#framer = new EslFramer(password);
    this.#onEvent = onEvent;
    this.#socket = new PbxSocket(socket, deps.clock, {
      receive: (chunk) => this.#receive(chunk),
      ended: (reason) => this.#queue.end(reason),
    });
  }

  get closed(): Promise<string> {
    return this.#socket.closed;
  }

  get isOpen(): boolean {
    return this.#socket.isOpen;
  }

  /** What `esl-allowed-api` allows this login, as the PBX said it; `all`, also where it said nothing. */
  get allowedApi(): string {
    return this.#allowedApi ?? 'all';
  }

  /** What of `USEFUL_EVENTS` this login may not hear. */
  get unheard(): readonly string[] {
    const allowed = (this.#allowedEvents ?? 'all').split(/[ ,]+/);
    return allowed.some((name) => /^all$/i.test(name))
      ? []
      : faults.USEFUL_EVENTS.filter((name) => !allowed.includes(name));
  }

  /**
   * Runs one API command and waits for its result. Others wait meanwhile: only for what is quick.
   * @throws UnsafeValue before anything is sent
   * @throws NoReply
   */
  api(command: string, ...words: readonly string[]): Promise<EslReply> {
    return this.#request(encodeCommand(apiLine(command, ...words)), REPLY_MS_MAX);
  }

  /**
   * Begins a job and waits for the word that it was begun; its result is an event `BACKGROUND_JOB`.
   * @param line the command, encoded argument by argument.
   * @throws UnsafeValue before anything is sent
   * @throws NoReply
   */
  job(line: string, jobUuid: string): Promise<EslReply> {
    return this.#request(encodeJob(line, jobUuid), JOB_REPLY_MS_MAX);
  }

  /** What an event looks like in a call's record. */
  frameOf(event: EslEvent): Frame {
    return {
      direction: 'received',
      atMicros: this.#deps.clock.nowMicros(),
      raw: event.raw,
      data: event.toData(),
    };
  }

  close(reason: string): void {
    this.#socket.close(reason);
  }

  async #request(wire: string, withinMs: number, shown = wire): Promise<EslReply> {
    this.#socket.mustBeOpen();
    const raw = shown.trimEnd();
    const [command = '', ...headers] = raw.split('\n');
    const sent: Frame = {
      direction: 'sent',
      atMicros: this.#deps.clock.nowMicros(),
      raw,
      data: { command, ...new EslMessage(headers.join('\n'), Buffer.alloc(0)).toData() },
    };
    const answered = this.#queue.wait(sent, withinMs);
    this.#socket.write(wire);
    const message = await answered;
    const received: Frame = {
      direction: 'received',
      atMicros: this.#deps.clock.nowMicros(),
      raw: message.raw,
      data: message.toData(),
    };
    const text = message.text.trim();
    const ok = message.type === 'command/reply' ? text.startsWith('+OK') : !/^-(ERR|USAGE)/.test(text);
    return { message, text, ok, frames: [sent, received] };
  }

  #receive(chunk: Buffer): void {
    for (const message of this.#framer.push(chunk)) this.#dispatch(message);
  }

  #dispatch(message: EslMessage): void {
    switch (message.type) {
      case 'auth/request':
        return this.#socket.greet();
      case 'command/reply':
      case 'api/response':
        if (!this.#queue.answer(message)) throw new ProtocolFault('A reply came that nothing had asked for.');
        return;
      case 'text/event-plain':
        return this.#onEvent(new EslEvent(message.body));
      case 'text/rude-rejection':
        this.#rejection = message.body.toString('utf8').trim() || 'Access Denied';
        return this.close(this.#rejection);
      case 'text/disconnect-notice':
        return this.close(
          message.body.toString('utf8').split('\n', 1)[0] || 'The PBX closed the connection.',
        );
      default:
        return;
    }
  }

  #greeted(): Promise<void> {
    return this.#socket.greeted((reason) =>
      this.#rejection === undefined ? faults.notEventSocket(reason) : faults.rejectedByAcl(this.#rejection),
    );
  }

  async #logIn({ user, domain, password }: FreeswitchSettings): Promise<void> {
    const login = user === '' ? 'auth ' : `userauth ${user.includes('@') ? user : `${user}@${domain}`}:`;
    try {
      const reply = await this.#request(encodeCommand(`${login}${password}`), REPLY_MS_MAX, `${login}***`);
      if (!reply.ok) throw faults.loginRefused(reply.text.replaceAll(password, '***'), user, reply.frames);
      this.#allowedApi = reply.message.get('Allowed-API');
      this.#allowedEvents = reply.message.get('Allowed-Events');
      // A subscription to one that is not allowed is refused whole.
      const useful = faults.USEFUL_EVENTS.filter((name) => !this.unheard.includes(name));
      this.#subscription = `event plain ${[...faults.NEEDED_EVENTS, ...useful].join(' ')}`;
      const events = await this.#request(encodeCommand(this.#subscription), REPLY_MS_MAX);
      if (!events.ok) throw faults.eventsDenied(events.text, events.frames);
    } catch (error) {
      if (error instanceof NoReply) throw faults.notEventSocket(error.message);
      throw error;
    }
    // There is no ping: the subscription is repeated, which changes nothing and needs no right that the login lacks.
    this.#socket.keepAlive(() => this.#request(encodeCommand(this.#subscription), REPLY_MS_MAX));
  }
}
