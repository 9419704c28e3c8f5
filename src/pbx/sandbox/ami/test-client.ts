import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Request } from './message.ts';

/** A message as the client got it: its lines, still in order. */
export class Message extends Request {
  readonly lines: readonly string[];

  constructor(raw: string) {
    const lines = raw.split('\r\n');
    super(
      lines.map((line) => line.split(/: ?(.*)/s, 2)).map(([name = '', value = '']) => [name, value] as const),
    );
    this.lines = lines;
  }
}

/** The smallest AMI client that a test can be sure of: it writes what it is told and keeps what it gets. */
export class TestClient {
  readonly socket: Socket;
  text = '';
  #closed = false;
  #look: () => void = () => undefined;

  static async open(
    port: number,
    options: { tls?: boolean; login?: string | false } = {},
  ): Promise<TestClient> {
    const socket =
      options.tls === true
        ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
        : connect(port, '127.0.0.1');
    const client = new TestClient(socket);
    await client.until(() => client.text.includes('\r\n'), 'the greeting');
    if (options.login === false) return client;
    await client.ask(
      `Action: Login\nUsername: click2call\nSecret: sandbox\nEvents: ${options.login ?? 'call'}`,
    );
    return client;
  }

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.text += chunk.toString('utf8');
      this.#look();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#look();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Everything after the greeting line, message by message; the unfinished last one is left out. */
  get messages(): Message[] {
    const body = this.text.slice(this.text.indexOf('\r\n') + 2);
    return body
      .split('\r\n\r\n')
      .slice(0, -1)
      .map((raw) => new Message(raw));
  }

  get events(): Message[] {
    return this.messages.filter((message) => message.get('Event') !== '');
  }

  get replies(): Message[] {
    return this.messages.filter((message) => message.get('Event') === '');
  }

  /** The events' names, in order: of one channel, or of all. */
  names(uniqueid?: string): string[] {
    return this.events
      .filter((event) => uniqueid === undefined || event.get('Uniqueid') === uniqueid)
      .map((event) => event.get('Event'));
  }

  send(action: string): void {
    this.socket.write(`${action.replaceAll('\n', '\r\n')}\r\n\r\n`);
  }

  /** Sends one action and returns the next reply. */
  async ask(action: string): Promise<Message> {
    const before = this.replies.length;
    this.send(action);
    await this.until(() => this.replies.length > before, `a reply to ${action}`);
    return this.replies[before] ?? new Message('');
  }

  /** The first event of that name about that id, past or to come. */
  async event(name: string, id: string): Promise<Message> {
    const find = () =>
      this.events.find(
        (event) =>
          event.get('Event') === name &&
          ['Uniqueid', 'DestUniqueid', 'Linkedid', 'ActionID'].some((header) => event.get(header) === id),
      );
    await this.until(() => find() !== undefined, `${name} of ${id}`);
    return find() ?? new Message('');
  }

  async ended(): Promise<void> {
    await this.until(() => this.#closed, 'the end of the link');
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`No ${what} in 5 s; got:\n${this.text.slice(-3000)}`)),
        5000,
      );
      this.#look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** An Originate as the driver sends it. */
export function originate(
  id: string,
  first: string,
  second: string,
  options: { context?: string; seconds?: number; timeoutMs?: number; extra?: string } = {},
): string {
  const { context = 'internal', seconds = 30, timeoutMs = 30_000, extra = '' } = options;
  return [
    'Action: Originate',
    `ActionID: ${id}`,
    `Channel: ${first}`,
    `ChannelId: c2c-${id}`,
    `Context: ${context}`,
    `Exten: ${second}`,
    'Priority: 1',
    'Application: Dial',
    `Data: Local/${second}@${context}/n,${seconds}`,
    `Timeout: ${timeoutMs}`,
    'Variable: CALLERID(all)=\\"Boss\\" <+12125550100>',
    `Variable: CONNECTEDLINE(all,i)=\\"Call to\\" <${second}>`,
    'Account: board',
    'Async: true',
    ...(extra === '' ? [] : [extra]),
  ].join('\n');
}
