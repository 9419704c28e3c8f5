import type { Socket } from 'node:net';

/** Unsent bytes at which a client counts as dead: Asterisk drops one that does not read, too (`writetimeout`). */
const MAX_UNSENT_BYTES = 1_048_576;

/** What is on its way to one client, in order. */
export class Outbox {
  readonly #socket: Socket;
  readonly #splitBytes: () => number | undefined;
  /** Only filled while bytes are sent piece by piece. */
  #pieces: Buffer[] = [];
  #pumping: Promise<void> | undefined;

  constructor(socket: Socket, splitBytes: () => number | undefined) {
    this.#socket = socket;
    this.#splitBytes = splitBytes;
  }

  send(bytes: Buffer): void {
    if (this.#socket.destroyed) return;
    const size = this.#splitBytes();
    if (size === undefined && this.#pumping === undefined) this.#socket.write(bytes);
    else this.#split(bytes, size ?? bytes.length);
    const waiting = this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (this.#socket.writableLength + waiting > MAX_UNSENT_BYTES) this.#socket.destroy();
  }

  /** Resolves when everything so far was handed to the system, or the link is gone. */
  async drained(): Promise<void> {
    await this.#pumping;
    if (!this.#socket.writableNeedDrain || this.#socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#socket.once('drain', resolve);
      this.#socket.once('close', resolve);
    });
  }

  /** Closes the link once everything so far was sent. */
  async finish(): Promise<void> {
    await this.#pumping;
    this.#socket.destroySoon();
  }

  #split(bytes: Buffer, size: number): void {
    for (let at = 0; at < bytes.length; at += size) this.#pieces.push(bytes.subarray(at, at + size));
    this.#pumping ??= this.#pump();
  }

  async #pump(): Promise<void> {
    for (let piece = this.#pieces.shift(); piece !== undefined; piece = this.#pieces.shift()) {
      if (this.#socket.destroyed) this.#pieces = [];
      else this.#socket.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#pumping = undefined;
  }
}
