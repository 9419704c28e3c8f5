import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { type ActionContext, type Answer, findAction, mayRun } from './actions.ts';
import type { PbxEventMessage } from './events.ts';
import type { SandboxFaults } from './faults.ts';
import { hits } from './faults.ts';
import { encode, error, type Fields, type Request, success } from './message.ts';
import { Outbox } from '../outbox.ts';
import { type Privilege, PRIVILEGES, readMask } from './privileges.ts';
import { type Received, RequestReader } from './request-reader.ts';
import type { Timers } from '../timers.ts';

/** What a session needs of the sandbox that it belongs to. */
export interface SessionHost {
  readonly login: { readonly username: string; readonly secret: string };
  readonly read: readonly Privilege[];
  readonly faults: SandboxFaults;
  readonly timers: Timers;
  readonly context: Omit<ActionContext, 'write'>;
  readonly write: readonly Privilege[];
  /** A number that no other login was asked. */
  readonly newChallenge: () => string;
  /** Carries an Originate out. `reply` may be called late, or never; resolves when the link may go on. */
  readonly originate: (request: Request, session: Session) => Promise<void>;
}

/** Asterisk makes a failed login wait. */
const FAILED_LOGIN_MS = 1000;
const GREETING = 'Asterisk Call Manager/11.0.0\r\n';

/** One client's link, from the greeting to its end. Its actions are carried out strictly one after another. */
export class Session {
  readonly socket: Socket;
  readonly #host: SessionHost;
  readonly #outbox: Outbox;
  readonly #reader = new RequestReader();
  #queue: Received[] = [];
  #working = false;
  #challenge = '';
  #authenticated = false;
  #mask: readonly Privilege[] = PRIVILEGES;

  constructor(socket: Socket, host: SessionHost) {
    this.socket = socket;
    this.#host = host;
    this.#outbox = new Outbox(socket, () => host.faults.splitBytes);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    // A client that breaks off is no news to a PBX.
    socket.on('error', () => socket.destroy());
    this.#outbox.send(Buffer.from(host.faults.greeting ?? GREETING));
  }

  get authenticated(): boolean {
    return this.#authenticated;
  }

  /** Sends an event if this login may read it and asked for it. */
  deliver(event: PbxEventMessage, bytes: Buffer): void {
    const { eventClass } = event;
    const wanted = this.#mask.includes(eventClass) && this.#host.read.includes(eventClass);
    if (this.#authenticated && wanted) this.#outbox.send(bytes);
  }

  /** Sends the reply to an action, as well as the faults of the moment let it. */
  reply(action: string, fields: Fields): void {
    const { faults } = this.#host;
    if (hits(faults.neverAnswer, action)) return;
    for (let index = 0; index < (faults.floodEvents ?? 0); index += 1) this.#outbox.send(floodEvent(index));
    if (hits(faults.hugeLine?.before, action)) this.#outbox.send(hugeLine(faults.hugeLine?.bytes ?? 0));
    const bytes = encode(fields);
    if (hits(faults.closeMidMessage, action))
      this.socket.end(bytes.subarray(0, Math.floor(bytes.length / 2)));
    else this.#outbox.send(bytes);
  }

  /** Sends bytes that are no message. */
  say(text: string): void {
    this.#outbox.send(Buffer.from(text));
  }

  /** Reading stops while there is work, so that a client can't pile up more than one chunk of it. */
  #take(chunk: Buffer): void {
    this.#queue.push(...this.#reader.push(chunk));
    if (this.#queue.length > 0) this.socket.pause();
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      await this.#outbox.drained();
      if (this.socket.destroyed) this.#queue = [];
      else await this.#handle(next);
    }
    this.#working = false;
    if (!this.socket.destroyed) this.socket.resume();
  }

  async #handle({ request, fault }: Received): Promise<void> {
    const action = request.get('Action');
    if (fault !== undefined) return this.reply(action, error(request, fault));
    if (action === '') return this.reply(action, error(request, 'Missing action in request'));
    const isOpen = ['login', 'logoff', 'challenge'].includes(action.toLowerCase());
    if (!this.#authenticated && !isOpen) return this.reply(action, error(request, 'Permission denied'));
    const found = findAction(action);
    if (found === undefined) {
      const hint = 'Use Action: ListCommands to show available commands.';
      return this.reply(action, error(request, `Invalid/unknown command: ${action}. ${hint}`));
    }
    const { write } = this.#host;
    if (!mayRun(found, write)) return this.reply(action, error(request, 'Permission denied'));
    if (found.run === undefined) return this.#handleOwn(found.name, request);
    this.#answer(found.name, found.run(request, { ...this.#host.context, write }));
  }

  #answer(action: string, { reply, more = [], afterwards }: Answer): void {
    this.reply(action, reply);
    if (!hits(this.#host.faults.neverAnswer, action))
      for (const fields of more) this.#outbox.send(encode(fields));
    afterwards?.();
  }

  async #handleOwn(action: string, request: Request): Promise<void> {
    switch (action) {
      case 'Login':
        return this.#logIn(request);
      case 'Challenge':
        return this.#askChallenge(request);
      case 'Events':
        return this.#setMask(request);
      case 'Originate':
        return this.#host.originate(request, this);
      default:
        this.reply(action, [['Response', 'Goodbye'], ...success(request).slice(1), ['Message', FAREWELL]]);
        return this.#outbox.finish();
    }
  }

  #askChallenge(request: Request): void {
    if (request.get('AuthType').toLowerCase() !== 'md5') {
      return this.reply('Challenge', error(request, 'Must specify AuthType'));
    }
    if (this.#challenge === '') this.#challenge = this.#host.newChallenge();
    this.reply('Challenge', success(request, ['Challenge', this.#challenge]));
  }

  async #logIn(request: Request): Promise<void> {
    if (this.#authenticated) {
      return this.reply('Login', success(request, ['Message', 'Already authenticated']));
    }
    const { faults, timers } = this.#host;
    if (faults.loginDelayMs !== undefined) await pause(timers, faults.loginDelayMs);
    if (faults.refuseLogin === true || !this.#isRight(request)) {
      await pause(timers, FAILED_LOGIN_MS);
      this.reply('Login', error(request, 'Authentication failed'));
      return this.#outbox.finish();
    }
    this.#authenticated = true;
    this.#mask = readMask(request.get('Events')) ?? PRIVILEGES;
    this.reply('Login', success(request, ['Message', 'Authentication accepted']));
    this.deliver(FULLY_BOOTED, encode(FULLY_BOOTED.fields));
  }

  #isRight(request: Request): boolean {
    const { username, secret } = this.#host.login;
    if (request.get('Username') !== username) return false;
    if (request.get('AuthType').toLowerCase() !== 'md5') return sameText(request.get('Secret'), secret);
    const key = createHash('md5').update(`${this.#challenge}${secret}`).digest('hex');
    return this.#challenge !== '' && sameText(request.get('Key').toLowerCase(), key);
  }

  #setMask(request: Request): void {
    const mask = readMask(request.get('EventMask'));
    if (mask === undefined) return this.reply('Events', error(request, 'Invalid event mask'));
    this.#mask = mask;
    this.reply('Events', success(request, ['Events', mask.length === 0 ? 'Off' : 'On']));
  }
}

const FAREWELL = 'Thanks for all the fish.';
const FULLY_BOOTED: PbxEventMessage = {
  eventClass: 'system',
  fields: [
    ['Event', 'FullyBooted'],
    ['Privilege', 'system,all'],
    ['Uptime', '1'],
    ['LastReload', '1'],
    ['Status', 'Fully Booted'],
  ],
};

function pause(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => timers.after(ms, resolve));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function sameText(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

function floodEvent(index: number): Buffer {
  return encode([
    ['Event', 'Newstate'],
    ['Privilege', 'call,all'],
    ['Channel', `PJSIP/flood-${index}`],
    ['ChannelState', '6'],
    ['Uniqueid', `flood.${index}`],
    ['Linkedid', `flood.${index}`],
  ]);
}

function hugeLine(bytes: number): Buffer {
  return encode([
    ['Event', 'UserEvent'],
    ['Huge', 'x'.repeat(bytes)],
  ]);
}
