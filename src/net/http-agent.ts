import type { Socket } from 'node:net';
import type { Agent } from 'undici';

/** Shorter than servers keep an idle connection, so that we do not send into one that is being closed. */
const KEEP_ALIVE_MS = 4_000;

interface Options {
  /** To one origin. */
  readonly connections: number;
  /** Every connection is made by this, so that no address and no certificate goes unchecked. */
  readonly connect: (origin: URL) => Promise<Socket>;
}

/** With the first request only: it is 29 MB, and a gateway that speaks no HTTP to others does without it. */
export async function loadAgent({ connections, connect }: Options): Promise<Agent> {
  const undici = await import('undici');
  return new undici.Agent({
    connections,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    pipelining: 1,
    connect: ({ protocol, hostname, port }, done) => {
      const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
      connect(new URL(`${protocol}//${host}${port === '' ? '' : `:${port}`}`)).then(
        (socket) => done(null, socket),
        (error: Error) => done(error, null),
      );
    },
  });
}
