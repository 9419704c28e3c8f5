const DOOMED_MAX = 1_000;

/** Calls that were to end before their first channel was there: an order is taken a little before it is begun. */
export class Doomed {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > DOOMED_MAX && oldest !== undefined) this.#ids.delete(oldest);
  }

  /** True once for each that was added. */
  take(id: string): boolean {
    return this.#ids.delete(id);
  }
}
