import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { newSecretText } from '../../src/kit/ids.ts';
import { asteriskAriOutbound } from '../../src/pbx/asterisk-ari-outbound/driver.ts';
import type { InboundLinks } from '../../src/pbx/contract.ts';
import { readSettings } from '../../src/pbx/settings.ts';
import type { Asterisk } from '../lab/asterisk.ts';

/** Where the PBX comes in: a bare server with one credential. */
export interface Door extends AsyncDisposable {
  readonly url: string;
  readonly links: InboundLinks;
  open(): readonly WebSocket[];
  /** Ends all connections, and takes none until it is opened again. */
  shut(): void;
  reopen(): void;
  readonly firstSocket: Promise<void>;
  close(): Promise<void>;
}

/** The one that it takes. */
export const credential = { username: 'pbx-1', password: newSecretText(32) };

export async function startDoor(): Promise<Door> {
  const takers = new Set<(socket: WebSocket) => void>();
  const open = new Set<WebSocket>();
  const first = Promise.withResolvers<void>();
  const server = createServer();
  let isShut = false;
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 1024 * 1024,
    handleProtocols: (offered) => (offered.has('ari') ? 'ari' : false),
  });
  const { username, password } = credential;
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  server.on('upgrade', (request, socket, head) => {
    if (isShut || request.headers.authorization !== expected)
      return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      open.add(webSocket);
      webSocket.on('error', () => undefined);
      webSocket.on('close', () => open.delete(webSocket));
      for (const take of takers) take(webSocket);
      first.resolve();
    });
  });
  const shut = (): void => {
    isShut = true;
    for (const socket of open) socket.terminate();
  };
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = async (): Promise<void> => {
    for (const socket of open) socket.terminate();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/pbx/ari`,
    open: () => [...open],
    shut,
    reopen: () => {
      isShut = false;
    },
    firstSocket: first.promise,
    links: {
      listen(take) {
        takers.add(take);
        for (const socket of open) take(socket);
        return () => takers.delete(take);
      },
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Gives the PBX the files that its administrator would paste, and lets it come in. */
export async function comeIn(lab: Asterisk, door: Door): Promise<void> {
  const reading = readSettings(asteriskAriOutbound.manifest, {});
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const files = asteriskAriOutbound.files?.(reading.settings, { url: door.url, ...credential }) ?? {};
  for (const [name, text] of Object.entries(files)) await writeFile(join(lab.etc, name), text);
  await lab.cli('module reload res_websocket_client.so');
  await lab.cli('module reload res_ari.so');
  await door.firstSocket;
}
