import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { PBX_DOOR_PATH } from '../../contract/pbx-door.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import { sameText } from '../kit/same-text.ts';

export interface PbxDoorDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** The password of a PBX that connects to us; undefined where there is no such PBX. */
  readonly doorKeyOf: (pbxId: string) => Promise<string | undefined>;
  readonly admit: (pbxId: string, socket: WebSocket) => void;
}

const MESSAGE_BYTES_MAX = 1024 * 1024;
const PROTOCOL = 'ari';

/**
 * The door for PBXs that dial out to us: a WebSocket of the subprotocol `ari` (Asterisk's outbound WebSockets), with HTTP
 * Basic credentials of that PBX alone. Whoever is not let in gets one and the same 401.
 */
export function openPbxDoor(server: Server, deps: PbxDoorDeps): void {
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES_MAX,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });
  const turnstile = createTurnstile(deps.clock);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A caller who goes away while we look him up is no fault of ours.
    socket.on('error', () => socket.destroy());
    letIn(deps, request).then(
      (pbxId) => {
        if (pbxId === undefined) return void socket.end(NOT_LET_IN);
        const waitMs = turnstile(pbxId);
        if (waitMs > WAIT_MS_MAX) return void socket.end(TOO_MANY);
        return setTimeout(() => {
          if (socket.destroyed) return;
          webSockets.handleUpgrade(request, socket, head, (webSocket) => deps.admit(pbxId, webSocket));
        }, waitMs);
      },
      (error: unknown) => {
        deps.log.error({ err: error }, 'A PBX could not be let in.');
        socket.destroy();
      },
    );
  });
}

/**
 * One connection a second for each PBX: an Asterisk whose ari.conf does not fit connects, hangs up and connects again
 * without a pause (22.10.1, over a thousand times a second).
 * @returns milliseconds until it is the turn of that PBX
 */
function createTurnstile(clock: Clock): (pbxId: string) => number {
  const nextMs = new Map<string, number>();
  return (pbxId) => {
    const now = clock.monotonicMs();
    const turn = Math.max(now, nextMs.get(pbxId) ?? 0);
    if (turn - now <= WAIT_MS_MAX) nextMs.set(pbxId, turn + EACH_MS);
    return turn - now;
  };
}

const EACH_MS = 1_000;
const WAIT_MS_MAX = 3_000;
const TOO_MANY = 'HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const NOT_LET_IN = 'HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

async function letIn(deps: PbxDoorDeps, request: IncomingMessage): Promise<string | undefined> {
  if ((request.url ?? '').split('?', 1)[0] !== PBX_DOOR_PATH) return undefined;
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]{1,400})$/.exec(request.headers.authorization ?? '') ?? [];
  const [pbxId = '', key = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':', 2);
  const expected = pbxId === '' ? undefined : await deps.doorKeyOf(pbxId);
  return expected !== undefined && sameText(expected, key) ? pbxId : undefined;
}
