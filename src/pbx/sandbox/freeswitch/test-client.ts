import { connect, type Socket } from 'node:net';

/** A message as a test looks at it: the headers, and the body as text. */
export interface Heard {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A bare Event Socket client that knows nothing of the driver: it reads the wire by the protocol's own rules. */
export class TestClient {
  readonly #socket: Socket;
  #bytes = Buffer.alloc(0);
  readonly #heard: Heard[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(port: number) {
    this.#socket = connect({ host: '127.0.0.1', port });
    this.#socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#read();
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.#ended = true;
      this.#wake?.();
    });
  }

  /** Logs in by the one password and asks for these events. */
  static async loggedIn(port: number, events: string): Promise<TestClient> {
    const client = new TestClient(port);
    await client.next('auth/request');
    await client.send('auth sandbox');
    if (events !== '') await client.send(`event plain ${events}`);
    return client;
  }

  /** Sends a command and waits for its reply's text: `Reply-Text`, or the result. */
  async send(command: string): Promise<string> {
    this.#socket.write(`${command}\n\n`);
    const { headers, body } = await this.next('command/reply', 'api/response');
    return headers['Reply-Text'] ?? body;
  }

  /** The next message of one of these types, whatever else came before it. Rejects when the link ends first. */
  async next(...types: string[]): Promise<Heard> {
    return this.#take(({ headers }) => types.includes(headers['Content-Type'] ?? ''));
  }

  /** The next event of that name, of that channel or job; its fields decoded. */
  async event(name: string, id = ''): Promise<Heard> {
    const heard = await this.#take(({ headers, body }) => {
      if (headers['Content-Type'] !== 'text/event-plain') return false;
      const { headers: fields } = readMessage(body);
      const ids = [fields['Unique-ID'], fields['Job-UUID']];
      return fields['Event-Name'] === name && (id === '' || ids.includes(id));
    });
    return readMessage(heard.body);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #take(fits: (message: Heard) => boolean): Promise<Heard> {
    for (;;) {
      const at = this.#heard.findIndex(fits);
      const [found] = at < 0 ? [] : this.#heard.splice(at, 1);
      if (found !== undefined) return found;
      if (this.#ended) throw new Error('The sandbox closed the link.');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #read(): void {
    for (;;) {
      const end = this.#bytes.indexOf('\n\n');
      if (end < 0) return;
      const { headers } = readMessage(this.#bytes.toString('utf8', 0, end));
      const length = Number(headers['Content-Length'] ?? 0);
      if (this.#bytes.length < end + 2 + length) return;
      this.#heard.push({ headers, body: this.#bytes.toString('utf8', end + 2, end + 2 + length) });
      this.#bytes = this.#bytes.subarray(end + 2 + length);
      this.#wake?.();
    }
  }
}

function readMessage(text: string): Heard {
  const [head = '', ...rest] = text.split('\n\n');
  const headers = Object.fromEntries(
    head.split('\n').map((line) => {
      const [name = ''] = line.split(': ', 1);
      return [name, decodeURIComponent(line.slice(name.length + 2))];
    }),
  );
  return { headers, body: rest.join('\n\n') };
}
