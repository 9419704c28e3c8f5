import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Desk } from './ari-sandbox.ts';
import { carryOut } from './carry-out.ts';
import { isAllowed } from './credential.ts';
import { readRequest, refuse, type AriReply } from './requests.ts';

const BODY_BYTES_MAX = 64 * 1024;
const NOT_FOUND = '<!DOCTYPE HTML><html><head><title>404 Not Found</title></head></html>';

/** ARI's requests, as Asterisk's own HTTP server answers them. */
export function serveHttp(server: Server, desk: Desk): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response, desk).catch(() => response.destroy());
  });
}

async function serve(incoming: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const body = await read(incoming);
  const url = incoming.url ?? '/';
  if (!url.startsWith('/ari/')) return write(response, { status: 404, garbage: NOT_FOUND });
  if (!isAllowed(incoming.headers.authorization, desk)) {
    response.setHeader('WWW-Authenticate', 'Basic realm="Asterisk REST Interface"');
    return write(response, refuse(401, 'Authentication required'));
  }
  const request = body === undefined ? undefined : readRequest(incoming.method ?? '', url, body);
  if (request === undefined) return write(response, refuse(400, 'Request body failed to parse'));
  const delivery = await carryOut(request, desk);
  switch (delivery.does) {
    case 'arrives':
      return write(response, delivery.reply);
    case 'breaks_off':
      return cutMidAnswer(response, delivery.reply);
    case 'closes':
      return void response.socket?.destroy();
    case 'never_comes':
      return;
  }
}

/** Undefined: more than Asterisk takes. */
async function read(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  return bytes > BODY_BYTES_MAX ? undefined : Buffer.concat(chunks).toString('utf8');
}

function write(response: ServerResponse, { status, json, garbage }: AriReply): void {
  response.writeHead(status, {
    Server: 'Asterisk/22.10.1-sandbox',
    'Cache-Control': 'no-cache, no-store',
    'Content-type': garbage === undefined ? 'application/json' : 'text/html',
  });
  response.end(garbage ?? (json === undefined ? '' : JSON.stringify(json)));
}

function cutMidAnswer(response: ServerResponse, { status, json }: AriReply): void {
  const text = JSON.stringify(json ?? {});
  response.writeHead(status, { 'Content-type': 'application/json', 'Content-Length': text.length });
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
}
