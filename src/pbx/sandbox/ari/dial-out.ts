import { WebSocket, type RawData } from 'ws';
import type { Desk } from './ari-sandbox.ts';
import { carryOut, type Delivery } from './carry-out.ts';
import { readRestFrame, restResponse } from './rest-frames.ts';
import { splitWrites } from './split-writes.ts';

/** Where the PBX dials out to, and as whom: what stands in `websocket_client.conf` and `ari.conf` of a real one. */
export interface DialOut {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** The Stasis application that is spoken for there. */
  readonly app: string;
}

/** A connection that the PBX keeps up. */
export interface OutboundLine {
  /** What became of the first attempt: `connected`, or why not. */
  readonly firstAttempt: Promise<string>;
  /** Breaks it now; it is dialled again. */
  cut(): void;
  /** Ends it for good. */
  hangUp(): void;
}

/** `connection_timeout` and `reconnect_interval` of the files that we give out. */
const CONNECT_MS_MAX = 5_000;
const RECONNECT_MS = 2_000;

/** Keeps a WebSocket open as `connection_type = persistent` does: dialled again whenever it ends, for ever. */
export function dialOut(to: DialOut, desk: Desk): OutboundLine {
  const first = Promise.withResolvers<string>();
  let isOver = false;
  let socket = dial();
  return {
    firstAttempt: first.promise,
    cut: () => socket.terminate(),
    hangUp: () => {
      isOver = true;
      socket.terminate();
    },
  };

  function dial(): WebSocket {
    const dialled = new WebSocket(to.url, ['ari'], {
      auth: `${to.username}:${to.password}`,
      handshakeTimeout: CONNECT_MS_MAX,
      perMessageDeflate: false,
    });
    dialled.on('upgrade', ({ socket: line }) => {
      if (desk.faults.splitBytes !== undefined) splitWrites(line, desk.faults.splitBytes);
    });
    dialled.on('open', () => {
      first.resolve('connected');
      serveLine(dialled, to.app, desk);
    });
    dialled.on('error', ({ message }) => first.resolve(message));
    dialled.on('close', () => {
      if (isOver) return;
      desk.exchange.timers.after(RECONNECT_MS, () => {
        if (!isOver) socket = dial();
      });
    });
    return dialled;
  }
}

/** Requests come in, answers and events go out, over the one socket. */
function serveLine(socket: WebSocket, app: string, desk: Desk): void {
  const { apps, timers } = desk.exchange;
  const listener = { send: (text: string) => socket.send(text), cut: () => socket.terminate() };
  socket.on('close', () => apps.leave(listener));
  socket.on('message', (data: RawData) => {
    // One that is held up, as the number 504 wants it, holds up no other: see the README of this folder.
    take((data as Buffer).toString('utf8'), socket, app, desk).catch(() => socket.terminate());
  });
  socket.pause();
  timers.after(desk.faults.loginDelayMs ?? 0, () => {
    if (socket.readyState !== WebSocket.OPEN) return;
    apps.register(app, listener);
    listener.send(apps.message(app, 'ApplicationRegistered', {}));
    socket.resume();
  });
}

async function take(text: string, socket: WebSocket, app: string, desk: Desk): Promise<void> {
  const { apps } = desk.exchange;
  const { ids, request } = readRestFrame(text);
  const delivery: Delivery =
    'status' in request ? { does: 'arrives', reply: request } : await carryOut(request, desk);
  if (delivery.does === 'closes') return socket.terminate();
  // An answer counts as an event: the application's filter holds it back as well.
  if (delivery.does === 'never_comes' || !apps.allows(app, 'RESTResponse')) return;
  const { reply } = delivery;
  const answer = reply.garbage ?? apps.message(app, 'RESTResponse', restResponse(ids, reply));
  if (delivery.does === 'arrives') return socket.send(answer);
  // The first fragment of a message whose rest never comes.
  socket.send(answer.slice(0, answer.length / 2), { fin: false }, () => socket.terminate());
}
