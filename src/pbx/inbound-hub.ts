import type { WebSocket } from 'ws';
import type { InboundLinks } from './contract.ts';

/** Of one PBX; Asterisk needs one, and a second while it changes over. */
const SOCKETS_MAX = 8;

interface Taker {
  readonly take: (socket: WebSocket) => void;
  readonly supersede: () => void;
}

interface Links {
  readonly sockets: Set<WebSocket>;
  readonly takers: Set<Taker>;
}

/**
 * The WebSockets that PBXs have opened to us, by the PBX. Whoever lets them in has checked who they are. Nobody can come
 * before it is opened, which only a server does, and after it was closed.
 */
export class InboundHub {
  readonly #links = new Map<string, Links>();
  #isOpen = false;

  open(): void {
    this.#isOpen = true;
  }

  /** Keeps a socket until it closes. One too many takes the place of the oldest, which may be dead unnoticed. */
  add(pbxId: string, socket: WebSocket): void {
    if (!this.#isOpen) return socket.terminate();
    const { sockets, takers } = this.#of(pbxId);
    const [oldest] = sockets;
    if (sockets.size >= SOCKETS_MAX) oldest?.terminate();
    sockets.add(socket);
    // Its end is told by `close`, which follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      this.#forget(pbxId);
    });
    for (const { take } of takers) take(socket);
  }

  /** Undefined where no PBX can connect to us. */
  linksOf(pbxId: string): InboundLinks | undefined {
    if (!this.#isOpen) return undefined;
    return {
      listen: (take, supersede) => {
        const { sockets, takers } = this.#of(pbxId);
        for (const before of takers) before.supersede();
        const taker = { take, supersede };
        takers.add(taker);
        for (const socket of sockets) take(socket);
        return () => {
          takers.delete(taker);
          this.#forget(pbxId);
        };
      },
    };
  }

  /** The PBXs that are connected now. */
  connected(): readonly string[] {
    return [...this.#links].filter(([, { sockets }]) => sockets.size > 0).map(([pbxId]) => pbxId);
  }

  /** Ends the sockets of a PBX that is not ours any more. */
  drop(pbxId: string): void {
    for (const socket of this.#links.get(pbxId)?.sockets ?? []) socket.terminate();
  }

  /** Ends all, and whoever comes later. Idempotent. */
  close(): void {
    this.#isOpen = false;
    for (const pbxId of this.connected()) this.drop(pbxId);
  }

  #of(pbxId: string): Links {
    const links = this.#links.get(pbxId) ?? { sockets: new Set(), takers: new Set() };
    this.#links.set(pbxId, links);
    return links;
  }

  #forget(pbxId: string): void {
    const links = this.#links.get(pbxId);
    if (links?.sockets.size === 0 && links.takers.size === 0) this.#links.delete(pbxId);
  }
}
