import { dayOf } from '../../calls/theft/habits.ts';
import { newWatch, type KeyWatch } from '../../calls/theft/watch.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Logger } from '../../kit/logger.ts';
import type { BreakerStore, Learnt } from './ports.ts';

/** A key's habits are of so many days. */
const HABIT_DAYS = 56;
const FLUSH_MS = 30_000;
/** Then what other processes have learnt is read, too. */
const FRESH_MS = 3_600_000;
const LEARNT_AT_ONCE = 500;
/** Some 30 kB each. One that was not used for longest is read again when it is. */
const KEPT_MAX = 2_000;

interface Kept {
  readonly watch: KeyWatch;
  readonly loadedMs: number;
}

interface WatchesDeps {
  readonly store: BreakerStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * What each key is used to, as this process has it: read from the store with a key's first outside call and once an hour, and
 * written there every 30 s. A crash loses so much; the counts of several processes add up.
 */
export class Watches {
  readonly #deps: WatchesDeps;
  readonly #kept = new Map<string, Promise<Kept>>();
  #learnt = new Map<string, Learnt>();
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(deps: WatchesDeps) {
    this.#deps = deps;
  }

  /** @throws StoreError */
  async of(keyId: string): Promise<KeyWatch> {
    const known = this.#kept.get(keyId);
    if (known !== undefined) this.#keep(keyId, known);
    const kept = await (known ?? this.#load(keyId));
    if (this.#deps.clock.monotonicMs() - kept.loadedMs < FRESH_MS) return kept.watch;
    return (await this.#load(keyId, kept.watch)).watch;
  }

  /** What the store has changed of it counts from the next call on. */
  drop(keyId: string): void {
    this.#kept.delete(keyId);
  }

  add(keyId: string, day: number, names: readonly string[]): void {
    for (const name of names) {
      const at = `${keyId} ${day} ${name}`;
      this.#learnt.set(at, { keyId, day, name, calls: (this.#learnt.get(at)?.calls ?? 0) + 1 });
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.flush().catch((error: unknown) =>
        this.#deps.log.warn({ err: error }, 'Could not write habits of keys.'),
      );
    }, FLUSH_MS).unref();
  }

  /** Writes what was learnt. What can't be written is kept for the next time. @throws StoreError */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#write());
    return this.#flushing;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush().catch((error: unknown) =>
      this.#deps.log.warn({ err: error }, 'Could not write habits of keys.'),
    );
  }

  async #write(): Promise<void> {
    const learnt = [...this.#learnt.values()];
    this.#learnt = new Map();
    for (let from = 0; from < learnt.length; from += LEARNT_AT_ONCE) {
      const part = learnt.slice(from, from + LEARNT_AT_ONCE);
      try {
        await this.#deps.store.learn(part);
      } catch (error) {
        for (const each of learnt.slice(from)) this.#putBack(each);
        throw error;
      }
    }
  }

  #putBack(learnt: Learnt): void {
    const at = `${learnt.keyId} ${learnt.day} ${learnt.name}`;
    const calls = learnt.calls + (this.#learnt.get(at)?.calls ?? 0);
    this.#learnt.set(at, { ...learnt, calls });
  }

  /** @param before what is known of its last day stays */
  #load(keyId: string, before?: KeyWatch): Promise<Kept> {
    const loading = this.#read(keyId, before);
    this.#keep(keyId, loading);
    loading.catch(() => this.#kept.delete(keyId));
    return loading;
  }

  /** As the one that was used last. */
  #keep(keyId: string, kept: Promise<Kept>): void {
    this.#kept.delete(keyId);
    this.#kept.set(keyId, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #read(keyId: string, before?: KeyWatch): Promise<Kept> {
    const { store, clock } = this.#deps;
    const loadedMs = clock.monotonicMs();
    if (before !== undefined) await this.flush();
    const since = dayOf(clock.nowMicros()) - HABIT_DAYS;
    const watch = newWatch(await store.habitsOf(keyId, since));
    if (before === undefined) return { watch, loadedMs };
    store.forget(keyId, since).catch(() => undefined);
    return { watch: { ...before, habits: watch.habits }, loadedMs };
  }
}
