import { argon2 } from 'node:crypto';
import { promisify } from 'node:util';
import { newToken } from '../kit/ids.ts';
import { sameText } from '../kit/same-text.ts';

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet, 2026): 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** At once, for each is 19 MiB and a core's whole attention. */
const AT_ONCE = 2;
const WAITING_MAX = 50;

/** So many wait for a password to be looked at that one more would wait for too long. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
}

/** Hashes of passwords, in the form that the reference implementation of Argon2 prints: `$argon2id$v=19$m=…$salt$hash`. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws PasswordsBusy */
  hash(password: string): Promise<string> {
    return this.#derived(password, { memory: MEMORY_KIB, passes: PASSES, lanes: LANES, salt: newSalt() });
  }

  /**
   * Whether it is that password. It takes as long where there is none to compare it with.
   * @throws PasswordsBusy
   */
  async matches(stored: string | undefined, given: string): Promise<boolean> {
    const made = partsOf(stored);
    if (made !== undefined && stored !== undefined) return sameText(stored, await this.#derived(given, made));
    await this.hash(given);
    return false;
  }

  /** Whether it was made with other parameters than new ones are. */
  isOutdated(stored: string): boolean {
    const made = partsOf(stored);
    return made?.memory !== MEMORY_KIB || made.passes !== PASSES || made.lanes !== LANES;
  }

  async #derived(password: string, parts: Parts): Promise<string> {
    await this.#turn();
    try {
      const { memory, passes, lanes, salt } = parts;
      // The same letters can be typed in two ways (NIST SP 800-63B, 5.1.1.2).
      const message = password.normalize('NFKC');
      const parameters = { message, nonce: salt, memory, passes, parallelism: lanes, tagLength: HASH_BYTES };
      return textOf(parts, await derive('argon2id', parameters));
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  async #turn(): Promise<void> {
    if (this.#waiting.length >= WAITING_MAX)
      throw new PasswordsBusy('Too many passwords wait to be looked at.');
    // Whoever is done hands its place on.
    if (this.#running >= AT_ONCE) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
  }
}

interface Parts {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
}

const derive = promisify(argon2);
const STORED = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$[A-Za-z0-9+/]+$/;

function newSalt(): Buffer {
  return Buffer.from(newToken(SALT_BYTES), 'base64url');
}

function textOf({ memory, passes, lanes, salt }: Parts, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${plain(salt)}$${plain(hash)}`;
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

function partsOf(stored: string | undefined): Parts | undefined {
  const [, memory, passes, lanes, salt] = STORED.exec(stored ?? '') ?? [];
  if (salt === undefined) return undefined;
  return {
    memory: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
  };
}
