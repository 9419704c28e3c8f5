import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Desk } from './ari-sandbox.ts';
import { isAllowed } from './credential.ts';

const REFUSED =
  'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="Asterisk REST Interface"\r\n' +
  'Content-type: application/json\r\nConnection: close\r\nContent-Length: 37\r\n\r\n{"message":"Authentication required"}';

/** `GET /ari/events?app=…`: the WebSocket over which an application hears of its channels. */
export function serveEvents(server: Server, desk: Desk): void {
  const { exchange, faults } = desk;
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('ari') ? 'ari' : false),
  });
  const take = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (socket.destroyed) return;
    if (!isAllowed(request.headers.authorization, desk)) return void socket.end(REFUSED);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => listen(webSocket, request, desk));
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    exchange.timers.after(faults.loginDelayMs ?? 0, () => take(request, socket, head));
  });
}

function listen(webSocket: WebSocket, request: IncomingMessage, { exchange }: Desk): void {
  const { searchParams } = new URL(request.url ?? '/', 'http://sandbox');
  const listener = { send: (text: string) => webSocket.send(text), cut: () => webSocket.terminate() };
  webSocket.on('error', () => webSocket.terminate());
  webSocket.on('close', () => exchange.apps.leave(listener));
  for (const app of (searchParams.get('app') ?? '').split(',')) exchange.apps.register(app, listener);
}
