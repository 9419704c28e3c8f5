import { backoffMs } from '../../kit/backoff.ts';
import { PbxError, type SessionDeps } from '../contract.ts';

/** What a link keeps open: a connection that is logged in. */
export interface LinkConnection {
  readonly isOpen: boolean;
  /** Resolves with the reason when the connection has ended, for whatever reason. */
  readonly closed: Promise<string>;
  /** Ends the connection and everything that waits on it. Idempotent. */
  close(reason: string): void;
}

const RETRY_MS_FIRST = 500;
const RETRY_MS_MOST = 30_000;
/** A refused login is not repeated at once: the PBX may lock out an address that tries too often. */
const LOGIN_FAILURE_MS = 10_000;
const SESSION_CLOSED = 'The session was closed.';

/**
 * The one connection to a PBX that all its calls share: opened at first use, and reopened by itself once it was open,
 * so that events are heard again without waiting for the next click. Emits `resumed` each time it is back.
 */
export class Link<C extends LinkConnection> {
  readonly #connect: () => Promise<C>;
  readonly #deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>;
  #current: C | undefined;
  #opening: Promise<C> | undefined;
  #failure: { readonly error: PbxError; readonly untilMs: number } | undefined;
  #retry: NodeJS.Timeout | undefined;
  #opened = 0;
  #closed = false;

  /** @param connect connects and logs in; rejects with a PbxError of the phase `before_send`. */
  constructor(connect: () => Promise<C>, deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>) {
    this.#connect = connect;
    this.#deps = deps;
  }

  /**
   * The open connection, after opening it where need be.
   * @throws PbxError of the phase `before_send`
   */
  async ready(): Promise<C> {
    if (this.#closed) throw sessionClosed();
    if (this.#current?.isOpen) return this.#current;
    if (this.#opening !== undefined) return this.#opening;
    if (this.#failure !== undefined && this.#failure.untilMs > this.#deps.clock.monotonicMs())
      throw this.#failure.error;
    return this.#open();
  }

  /** Idempotent. A connection that is being opened meanwhile is closed as soon as it is open. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#current?.close(SESSION_CLOSED);
  }

  async #open(): Promise<C> {
    clearTimeout(this.#retry);
    this.#opening = this.#connect();
    try {
      const connection = await this.#opening;
      this.#adopt(connection);
      return connection;
    } catch (error) {
      if (error instanceof PbxError) this.#remember(error);
      throw error;
    } finally {
      this.#opening = undefined;
    }
  }

  #adopt(connection: C): void {
    if (this.#closed) return connection.close(SESSION_CLOSED);
    this.#failure = undefined;
    this.#current = connection;
    if (this.#opened++ > 0) this.#deps.emit({ type: 'resumed', atMicros: this.#deps.clock.nowMicros() });
    this.#deps.log.info({ opened: this.#opened }, 'Connected to the PBX.');
    void connection.closed.then((reason) => {
      if (this.#closed) return;
      this.#deps.log.warn({ reason }, 'The connection to the PBX ended.');
      this.#reopenLater(0);
    });
  }

  #remember(error: PbxError): void {
    if (error.code !== 'pbx_login_refused') return;
    this.#failure = { error, untilMs: this.#deps.clock.monotonicMs() + LOGIN_FAILURE_MS };
  }

  /** In the background: somebody whose click comes before the timer does not wait for it. */
  #reopenLater(attempt: number): void {
    if (this.#closed) return;
    this.#retry = setTimeout(
      () => {
        if (this.#closed || this.#current?.isOpen) return;
        (this.#opening ?? this.#open()).catch((error: unknown) => {
          this.#deps.log.warn(
            { said: error instanceof Error ? error.message : '' },
            'Could not reconnect to the PBX.',
          );
          this.#reopenLater(attempt + 1);
        });
      },
      backoffMs(attempt, RETRY_MS_FIRST, RETRY_MS_MOST),
    ).unref();
  }
}

function sessionClosed(): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_unreachable',
    said: SESSION_CLOSED,
    remedy: 'The settings of the PBX changed or the service is stopping; nothing rings. Try again.',
  });
}
