import type { Server, Socket } from 'node:net';

/** A server of the sandbox that listens, whatever it speaks. */
export interface Listening {
  readonly port: number;
  /** Breaks every link now; the server goes on. */
  cut(): void;
  /** New connections are refused; those that stand remain. */
  stopAccepting(): void;
  /** Takes connections again, on the same port. */
  startAccepting(): Promise<void>;
  /** Ends the listening and every link. Idempotent. */
  close(): Promise<void>;
}

/** @throws the system's error where the port is taken. `port`: 0 for whichever is free. */
export async function startListening(
  server: Server,
  { host, port: wanted }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const links = new Set<Socket>();
  const keep = (socket: Socket) => {
    links.add(socket);
    socket.once('close', () => links.delete(socket));
    // A client that breaks off is no news to a PBX.
    socket.on('error', () => undefined);
  };
  server.on('connection', keep);
  server.on('secureConnection', keep);
  const port = await listen(server, wanted, host);
  // What goes wrong with a single connection is no reason to end the others.
  server.on('error', () => undefined);
  const cut = () => {
    for (const socket of links) socket.destroy();
  };
  return {
    port,
    cut,
    stopAccepting: () => void server.close(),
    startAccepting: async () => {
      if (!server.listening) await listen(server, port, host);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
