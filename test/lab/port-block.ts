import { createServer, type Server } from 'node:net';

/** The loopback ports of one lab. No other lab on this machine has any of them while it stands. */
export interface PortBlock {
  readonly ami: number;
  readonly amiTls: number;
  readonly http: number;
  readonly sip: number;
  readonly rtpFirst: number;
  readonly rtpLast: number;
  /** The SIP ports of the phones; {@link mediaOffset} and {@link controlOffset} lead to the others of a phone. */
  readonly phones: readonly number[];
  release(): void;
}

/** A phone at port P says it takes its media at P plus this. */
export const mediaOffset = 60;

/** SIPp listens for commands on one more port: that of the phone plus this. */
export const controlOffset = 120;

const size = 1000;
const first = 10_000;
const blocks = 22;
const phoneCount = mediaOffset;

/**
 * Takes a block of ports. Its first port is listened on for as long as it is held: that is the sign for other labs, in
 * this process or another, and it ends with the process. All lie below the range the system gives to outgoing connections.
 *
 * @throws Error when every block is taken
 */
export async function takePortBlock(): Promise<PortBlock> {
  for (let index = 0; index < blocks; index += 1) {
    const base = first + index * size;
    const guard = await listen(base);
    if (guard === undefined) continue;
    if (await allFree([base + 1, base + 2, base + 3])) return describe(base, guard);
    guard.close();
  }
  throw new Error(`All ${blocks} port blocks of the lab are taken: stop a few labs.`);
}

function describe(base: number, guard: Server): PortBlock {
  return {
    ami: base + 1,
    amiTls: base + 2,
    http: base + 3,
    sip: base + 4,
    rtpFirst: base + 200,
    rtpLast: base + size - 1,
    phones: Array.from({ length: phoneCount }, (_, index) => base + 10 + index),
    release: () => void guard.close(),
  };
}

async function allFree(ports: readonly number[]): Promise<boolean> {
  const servers = await Promise.all(ports.map(listen));
  await Promise.all(
    servers.map((server) => new Promise((done) => (server ? server.close(done) : done(undefined)))),
  );
  return servers.every((server) => server !== undefined);
}

function listen(port: number): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy()).unref();
  return new Promise((resolve) => {
    server.once('listening', () => resolve(server));
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true });
  });
}
