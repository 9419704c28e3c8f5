/** How many extensions are remembered; beyond it, the one that was asked for longest ago is forgotten. */
const CACHED_MAX = 10_000;
/** A missing extension is asked for again soon: its administrator may be adding it just now. */
const MISSING_MS = 3_000;

interface Cached<Value> {
  readonly found: Promise<Value | undefined>;
  expiresMs: number;
}

/** What a PBX said of its extensions, believed for a while. Those who ask at the same time share one question. */
export class ExtensionCache<Value> {
  readonly #keepMs: number;
  readonly #nowMs: () => number;
  readonly #cached = new Map<string, Cached<Value>>();

  /**
   * @param keepSeconds how long an answer is believed; 0: not at all
   * @param nowMs a clock that never steps back
   */
  constructor(keepSeconds: number, nowMs: () => number) {
    this.#keepMs = keepSeconds * 1000;
    this.#nowMs = nowMs;
  }

  /**
   * What the PBX has for that extension, asked for where it is not known; undefined: there is none. A failed question is
   * not remembered.
   * @throws whatever `ask` throws
   */
  async find(extension: string, ask: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const cached = this.#cached.get(extension);
    if (cached !== undefined && cached.expiresMs > this.#nowMs()) return cached.found;

    const entry = { found: ask(), expiresMs: this.#nowMs() + this.#keepMs };
    this.#remember(extension, entry);
    try {
      const value = await entry.found;
      if (value === undefined) entry.expiresMs = Math.min(entry.expiresMs, this.#nowMs() + MISSING_MS);
      return value;
    } catch (error) {
      if (this.#cached.get(extension) === entry) this.#cached.delete(extension);
      throw error;
    }
  }

  /** Asks anew next time: the PBX said that what we believe is wrong. */
  forget(extension: string): void {
    this.#cached.delete(extension);
  }

  #remember(extension: string, entry: Cached<Value>): void {
    this.#cached.delete(extension);
    this.#cached.set(extension, entry);
    const oldest = this.#cached.keys().next().value;
    if (this.#cached.size > CACHED_MAX && oldest !== undefined) this.#cached.delete(oldest);
  }
}
