import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Stands on the wire between us and a PBX, and keeps what went each way. */
export interface Tap {
  readonly port: number;
  /** All that we sent since the last time that this was asked, byte for byte. */
  taken(): string;
}

/** @param rewrite changes what the PBX says, to something of the same length */
export async function tapOn(
  target: { readonly host: string; readonly port: number },
  rewrite: (said: string) => string = (said) => said,
): Promise<Tap> {
  let sent = '';
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const pbx = connect(target.port, target.host);
    for (const socket of [client, pbx]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => {
      sent += chunk.toString('latin1');
      pbx.write(chunk);
    });
    pbx.on('data', (chunk) => client.write(Buffer.from(rewrite(chunk.toString('latin1')), 'latin1')));
    client.on('close', () => pbx.destroy());
    pbx.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    taken() {
      const taken = sent;
      sent = '';
      return taken;
    },
  };
}
