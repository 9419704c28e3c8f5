/** How many calls are going on here, by whatever they are counted by: keys, accounts, numbers. Of this process alone. */
export class CallsAtOnce {
  readonly #namesOf = new Map<string, readonly string[]>();
  readonly #counts = new Map<string, number>();

  /** A call that is counted already stays counted as it was. */
  add(callId: string, names: readonly string[]): void {
    if (this.#namesOf.has(callId)) return;
    this.#namesOf.set(callId, names);
    for (const name of names) this.#counts.set(name, this.count(name) + 1);
  }

  remove(callId: string): void {
    for (const name of this.#namesOf.get(callId) ?? []) {
      const left = this.count(name) - 1;
      if (left > 0) this.#counts.set(name, left);
      else this.#counts.delete(name);
    }
    this.#namesOf.delete(callId);
  }

  count(name: string): number {
    return this.#counts.get(name) ?? 0;
  }
}
