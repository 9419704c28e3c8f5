import type { Reader, ReadStatements } from './statements/reads.ts';

const CACHED_MAX = 10_000;

/**
 * Keeps what is read on the way of every click (keys, PBXs) for as long as nobody has changed it. Every change of the
 * directory raises one number in the database, in the same transaction; that number is read anew in each turn of the event
 * loop that needs it. So a change by any process, a revoked key above all, counts for the next request, and a busy turn of
 * many clicks costs one small read.
 */
export class GenerationCache {
  readonly #read: Reader;
  readonly #statements: ReadStatements;
  readonly #kept = new Map<string, unknown>();
  #keptOf = -1;
  /** Read in this turn. */
  #fresh: number | undefined;

  constructor(read: Reader, statements: ReadStatements) {
    this.#read = read;
    this.#statements = statements;
  }

  /** The value of `name`, by `load` where it is not kept. What is not there is not kept: guesses fill nothing. */
  async get<Value>(name: string, load: () => Promise<Value>): Promise<Value> {
    const generation = this.#fresh ?? (await this.#readGeneration());
    if (generation !== this.#keptOf) {
      this.#kept.clear();
      this.#keptOf = generation;
    }
    // What stands under a name was put there by the same caller's `load`.
    if (this.#kept.has(name)) return this.#kept.get(name) as Value;
    const value = await load();
    // Loaded after the number was read: as new as the number, or newer, and then the next turn's number tells.
    const isRoom = this.#kept.size < CACHED_MAX;
    if (value !== undefined && isRoom && this.#keptOf === generation) this.#kept.set(name, value);
    return value;
  }

  async #readGeneration(): Promise<number> {
    const [row] = await this.#read(this.#statements.generation({}));
    const generation = row?.number ?? 0;
    this.#fresh = generation;
    setImmediate(() => (this.#fresh = undefined));
    return generation;
  }
}
