import type { Socket } from 'node:net';

/** Links that have not logged in, at one time. */
const STRANGERS_MAX = 50;

/** The open links of a PBX that is spoken to over one for all: strangers are few, and must log in soon. */
export class Sessions<Session extends { readonly authenticated: boolean }> {
  readonly #loginMs: number;
  readonly #open = new Set<Session>();

  /** @param loginMs life's own milliseconds, not the sandbox's: it bounds a resource, and plays no part in a call. */
  constructor(loginMs: number) {
    this.#loginMs = loginMs;
  }

  /** How many logins are in force. */
  get loggedIn(): number {
    return [...this.#open].filter(({ authenticated }) => authenticated).length;
  }

  [Symbol.iterator](): Iterator<Session> {
    return this.#open.values();
  }

  admit(socket: Socket, begin: (socket: Socket) => Session): void {
    if (this.#open.size - this.loggedIn >= STRANGERS_MAX) {
      socket.destroy();
      return;
    }
    const session = begin(socket);
    this.#open.add(session);
    const impatience = setTimeout(() => !session.authenticated && socket.destroy(), this.#loginMs);
    socket.once('close', () => {
      clearTimeout(impatience);
      this.#open.delete(session);
    });
  }
}
