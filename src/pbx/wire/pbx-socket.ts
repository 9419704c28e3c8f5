import type { Socket } from 'node:net';
import type { Clock } from '../../kit/clock.ts';
import type { PbxError } from '../contract.ts';
import type { LinkConnection } from './link.ts';
import { NoReply, ProtocolFault } from './link-ended.ts';

const GREETING_MS_MAX = 5_000;
const QUIET_MS_MAX = 20_000;
const LOOK_EVERY_MS = 10_000;

/** The protocol that is spoken over a socket. */
export interface Protocol {
  /** @throws ProtocolFault: the socket is closed for it. */
  receive(chunk: Buffer): void;
  /** The socket has ended: whatever waits on it ends too. Called once. */
  ended(reason: string): void;
}

/** An open socket to a PBX from its greeting to its end, whatever is spoken over it. The end has one reason. */
export class PbxSocket implements LinkConnection {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #protocol: Protocol;
  readonly #greeting = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<string>();
  #closedBecause: string | undefined;
  #heardMs: number;
  #looker: NodeJS.Timeout | undefined;

  constructor(socket: Socket, clock: Clock, protocol: Protocol) {
    this.#socket = socket;
    this.#clock = clock;
    this.#protocol = protocol;
    this.#heardMs = clock.monotonicMs();
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => this.close(error.message));
    socket.on('close', () => this.close('The PBX closed the connection.'));
  }

  get closed(): Promise<string> {
    return this.#closed.promise;
  }

  get isOpen(): boolean {
    return this.#closedBecause === undefined;
  }

  close(reason: string): void {
    if (this.#closedBecause !== undefined) return;
    this.#closedBecause = reason;
    clearInterval(this.#looker);
    this.#socket.destroy();
    this.#protocol.ended(reason);
    this.#closed.resolve(reason);
  }

  /** @throws NoReply, of which nothing was sent */
  mustBeOpen(): void {
    if (this.#closedBecause !== undefined) throw new NoReply(this.#closedBecause, undefined);
  }

  /** What is sent in one turn goes in one packet: a write of its own for each request costs more than the request. */
  write(text: string): void {
    if (this.#socket.writableCorked === 0) {
      this.#socket.cork();
      process.nextTick(() => this.#socket.uncork());
    }
    this.#socket.write(text);
  }

  /** The protocol has seen the first words of its PBX. */
  greet(): void {
    this.#greeting.resolve();
  }

  /**
   * Waits for the greeting.
   * @param fault says what is wrong where the socket ends first.
   */
  async greeted(fault: (reason: string) => PbxError): Promise<void> {
    const timer = setTimeout(
      () => this.close(`No greeting within ${GREETING_MS_MAX / 1000} s.`),
      GREETING_MS_MAX,
    );
    const ended = this.closed.then((reason) => Promise.reject(fault(reason)));
    await Promise.race([this.#greeting.promise, ended]).finally(() => clearTimeout(timer));
  }

  /** From now on a silent PBX is asked something; one that does not answer is dead, whatever TCP thinks. */
  keepAlive(ask: () => Promise<unknown>): void {
    if (!this.isOpen) return;
    this.#looker = setInterval(() => {
      if (this.#clock.monotonicMs() - this.#heardMs < QUIET_MS_MAX) return;
      ask().catch((error: unknown) =>
        this.close(error instanceof Error ? error.message : 'The PBX does not answer.'),
      );
    }, LOOK_EVERY_MS).unref();
  }

  #receive(chunk: Buffer): void {
    this.#heardMs = this.#clock.monotonicMs();
    try {
      this.#protocol.receive(chunk);
    } catch (error) {
      if (!(error instanceof ProtocolFault)) throw error;
      this.close(error.message);
    }
  }
}
