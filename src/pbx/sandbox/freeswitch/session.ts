import type { Socket } from 'node:net';
import { newId } from '../../../kit/ids.ts';
import { Outbox } from '../outbox.ts';
import type { Timers } from '../timers.ts';
import { type ApiDesk, runApi, splitCommand } from './api.ts';
import { type Command, CommandReader } from './command-reader.ts';
import { type FreeswitchFaults, hits } from './faults.ts';
import { type Login, logIn } from './login.ts';
import { apiResponse, commandReply, type EslEventMessage, eventMessage, notice } from './message.ts';
import { takeOrder } from './take-order.ts';

/** What a session needs of the sandbox that it belongs to. */
export interface SessionHost {
  readonly login: Login;
  readonly faults: FreeswitchFaults;
  readonly timers: Timers;
  readonly desk: ApiDesk;
}

const FAREWELL = 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n';

/** One client's link, from the greeting to its end. Its commands are carried out strictly one after another. */
export class Session {
  readonly socket: Socket;
  readonly host: SessionHost;
  readonly #outbox: Outbox;
  readonly #reader = new CommandReader();
  readonly #events = new Set<string>();
  #allowedApi: readonly string[] | undefined;
  #allowedEvents: readonly string[] | undefined;
  #queue: Command[] = [];
  #working = false;
  #authenticated = false;

  constructor(socket: Socket, host: SessionHost) {
    this.socket = socket;
    this.host = host;
    this.#outbox = new Outbox(socket, () => host.faults.splitBytes);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    // A client that breaks off is no news to a PBX.
    socket.on('error', () => socket.destroy());
    if (host.faults.rudeRejection === true) {
      this.#outbox.send(notice('text/rude-rejection', 'Access Denied, go away.\n'));
      void this.#outbox.finish();
    } else this.say(host.faults.greeting ?? 'Content-Type: auth/request\n\n');
  }

  get authenticated(): boolean {
    return this.#authenticated;
  }

  /** Sends an event if this link asked for it. */
  deliver(event: EslEventMessage): void {
    if (this.#events.has(event.name) || this.#events.has('ALL')) this.#outbox.send(event.bytes);
  }

  /** Sends the reply to a command, as well as the faults of the moment let it. */
  reply(command: string, bytes: Buffer): void {
    const { faults } = this.host;
    if (hits(faults.neverAnswer, command)) return;
    for (let index = 0; index < (faults.floodEvents ?? 0); index += 1) this.deliver(floodEvent(index));
    if (hits(faults.hugeBody?.before, command))
      this.#outbox.send(notice('api/response', 'x'.repeat(faults.hugeBody?.bytes ?? 0)));
    if (hits(faults.closeMidMessage, command))
      this.socket.end(bytes.subarray(0, Math.floor(bytes.length / 2)));
    else this.#outbox.send(bytes);
  }

  /** Sends bytes that are no message. */
  say(text: string): void {
    this.#outbox.send(Buffer.from(text));
  }

  /** Reading stops while there is work, so that a client can't pile up more than one chunk of it. */
  #take(chunk: Buffer): void {
    const commands = this.#reader.push(chunk);
    if (commands === undefined) return void this.socket.destroy();
    this.#queue.push(...commands);
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

  async #handle({ line, headers }: Command): Promise<void> {
    const { command, argument } = splitCommand(line);
    if (command === 'exit' || command === '...') return this.#sayGoodbye(command, commandReply('+OK bye'));
    if (!this.#authenticated) return this.#logIn(command, argument);
    switch (command) {
      case 'api':
        if (!this.#mayRun(argument)) return this.reply(command, commandReply('-ERR permission denied'));
        return this.reply(command, apiResponse(await runApi(argument, this.host.desk)));
      case 'bgapi':
        return this.#beginJob(argument, headers.get('job-uuid') ?? newId());
      case 'event':
        return this.reply(command, commandReply(this.#subscribe(argument.split(' '))));
      case 'noevents':
        this.#events.clear();
        return this.reply(command, commandReply('+OK no longer listening for events'));
      default:
        return this.reply(command, commandReply('-ERR command not found'));
    }
  }

  async #logIn(command: string, argument: string): Promise<void> {
    const { faults, timers, login } = this.host;
    if (command !== 'auth' && command !== 'userauth')
      return this.reply(command, commandReply('-ERR command not found'));
    const { loginDelayMs } = faults;
    if (loginDelayMs !== undefined) await new Promise<void>((resolve) => timers.after(loginDelayMs, resolve));
    const { accepted, reply, allowedApi, allowedEvents } = logIn(command, argument, login);
    if (!accepted) return this.#sayGoodbye(command, reply);
    this.#authenticated = true;
    this.#allowedApi = allowedApi;
    this.#allowedEvents = allowedEvents;
    this.reply(command, reply);
  }

  #sayGoodbye(command: string, reply: Buffer): Promise<void> {
    this.reply(command, reply);
    this.#outbox.send(notice('text/disconnect-notice', FAREWELL));
    return this.#outbox.finish();
  }

  #mayRun(line: string): boolean {
    return this.#allowedApi?.includes(splitCommand(line).command) ?? true;
  }

  async #beginJob(line: string, job: string): Promise<void> {
    if (!this.#mayRun(line)) return this.reply('bgapi', commandReply('-ERR permission denied'));
    const accepted = commandReply(`+OK Job-UUID: ${job}`, [['Job-UUID', job]]);
    const begin = async () => {
      const { command, argument } = splitCommand(line);
      const result = await runApi(line, this.host.desk);
      const fields = [
        ['Job-UUID', job] as const,
        ['Job-Command', command] as const,
        ['Job-Command-Arg', argument] as const,
      ];
      this.host.desk.exchange.tell(
        'BACKGROUND_JOB',
        undefined,
        fields,
        result || 'Command returned no output!',
      );
    };
    if (splitCommand(line).command === 'originate') return takeOrder(line, this, { accepted, begin });
    this.reply('bgapi', accepted);
    void begin();
  }

  #subscribe([format = '', ...names]: readonly string[]): string {
    if (format !== 'plain') return '-ERR the sandbox speaks plain only';
    if (names.length === 0) return '-ERR no keywords supplied';
    if (names.some((name) => this.#allowedEvents?.includes(name) === false)) return '-ERR permission denied';
    for (const name of names) this.#events.add(name);
    return '+OK event listener enabled plain';
  }
}

function floodEvent(index: number): EslEventMessage {
  return eventMessage('CHANNEL_HANGUP_COMPLETE', [
    ['Event-Name', 'CHANNEL_HANGUP_COMPLETE'],
    ['Unique-ID', `flood-${index}`],
    ['Hangup-Cause', 'NORMAL_CLEARING'],
    ['variable_noise', 'n'.repeat(2000)],
  ]);
}
