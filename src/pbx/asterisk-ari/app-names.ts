import { newToken } from '../../kit/ids.ts';

/**
 * Under which name a session handles its calls. A Stasis application has one listener: whoever connects last. So each
 * session begins with the name of the settings, which gives it the calls of a process that died, and goes on under one
 * of its own when another session comes and takes that name, and with it the calls under way.
 */
export class AppNames {
  readonly #name: string;
  #own: string | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  next(): string {
    return this.#own ?? this.#name;
  }

  replaced(): void {
    this.#own = `${this.#name}-${newToken(6)}`;
  }
}
