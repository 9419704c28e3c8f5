import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { loginRefused, notAri } from '../asterisk/ari/faults.ts';
import { pathOf, wordsOf } from '../asterisk/ari/rest.ts';
import type { PbxError } from '../contract.ts';
import { openSocket } from '../wire/open-socket.ts';
import { basicCredential } from './http-transport.ts';
import type { AriSettings } from './manifest.ts';

const HANDSHAKE_MS_MAX = 5_000;
/** An event has two channels at most, each of some kB. */
const MESSAGE_BYTES_MAX = 256 * 1024;
const REFUSAL_CHARS_MAX = 4_096;

/**
 * Opens the WebSocket over which an application gets its events: over a checked address and certificate alone.
 * Subscribed is what the application has in hand, and nothing else of the PBX. It is paused: nothing comes yet.
 * @throws PbxError of the phase `before_send`
 */
export async function openEventSocket(
  settings: AriSettings,
  guard: AddressGuard,
  app: string,
): Promise<WebSocket> {
  const socket = await openSocket(settings, guard);
  socket.setNoDelay(true);
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const path = pathOf({ method: 'GET', path: ['ari', 'events'], query: { app, subscribeAll: 'false' } });
  // The socket speaks TLS already where it has to; what goes over it is plain WebSocket in both cases.
  const webSocket = new WebSocket(`ws://${host}:${settings.port}/${path}`, ['ari'], {
    createConnection: () => socket,
    headers: { authorization: basicCredential(settings) },
    handshakeTimeout: HANDSHAKE_MS_MAX,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
  });
  try {
    await opened(webSocket);
    return webSocket;
  } catch (error) {
    webSocket.on('error', () => undefined);
    webSocket.terminate();
    socket.destroy();
    throw error;
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      // What comes before somebody listens would be lost.
      socket.pause();
      socket.removeAllListeners();
      resolve();
    });
    socket.once('unexpected-response', (_request, response) => {
      refusal(response).then(reject, reject);
    });
    socket.once('error', (error) => reject(notAri(error.message)));
  });
}

async function refusal(response: IncomingMessage): Promise<PbxError> {
  const { statusCode: status = 0 } = response;
  let body = '';
  try {
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
      body += chunk;
      if (body.length > REFUSAL_CHARS_MAX) break;
    }
  } catch {
    // Half of a refusal is one as well.
  }
  const words = wordsOf({ body });
  const said = words ?? `HTTP ${status} ${response.statusMessage ?? ''}`.trim();
  if (status === 401 || status === 403) return loginRefused(said);
  return notAri(said);
}
