import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Connections on which no request has come yet: clients open them in store. Node takes them for active, and a server that
 * stops would wait for them until their client lets go.
 * @returns what ends them
 */
export function watchSilent(server: Server, isTls: boolean): () => void {
  const silent = new Set<Duplex>();
  server.on(isTls ? 'secureConnection' : 'connection', (socket: Duplex) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  const heard = ({ socket }: IncomingMessage) => void silent.delete(socket);
  server.on('request', heard);
  server.on('upgrade', heard);
  return () => {
    for (const socket of silent) socket.destroy();
  };
}
