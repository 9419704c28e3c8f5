import type { WebSocket } from 'ws';
import type { Clock } from '../../../kit/clock.ts';

const QUIET_MS_MAX = 20_000;
const LOOK_EVERY_MS = 10_000;
const SIGNS_OF_LIFE = ['message', 'ping', 'pong'] as const;

/** Pings a silent WebSocket; one that does not answer by the next look is dead, whatever TCP thinks. */
export class KeepAlive {
  readonly #socket: WebSocket;
  readonly #heard: () => void;
  readonly #timer: NodeJS.Timeout;
  #heardMs: number;
  #asked = false;

  constructor(socket: WebSocket, clock: Clock, onDead: (reason: string) => void) {
    this.#heardMs = clock.monotonicMs();
    this.#socket = socket;
    this.#heard = () => {
      this.#heardMs = clock.monotonicMs();
      this.#asked = false;
    };
    for (const sign of SIGNS_OF_LIFE) socket.on(sign, this.#heard);
    this.#timer = setInterval(() => {
      if (clock.monotonicMs() - this.#heardMs < QUIET_MS_MAX) return;
      if (this.#asked) return onDead('The PBX does not answer.');
      this.#asked = true;
      socket.ping();
    }, LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const sign of SIGNS_OF_LIFE) this.#socket.off(sign, this.#heard);
  }
}
