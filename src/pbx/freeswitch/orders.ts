import type { EslEvent } from './message.ts';

/** What is known of an order a moment after it was accepted. `refused` has the event that says so. */
export type Verdict =
  | { readonly is: 'begun' | 'silent' }
  | { readonly is: 'refused'; readonly event: EslEvent };

/**
 * How long an accepted order is watched, in milliseconds. FreeSWITCH accepts whatever it is asked and works on it
 * afterwards. What it can't even begin (no such user, no phone registered, no such gateway) it knows within a few
 * milliseconds and says in the job's result; whoever clicked should hear that as a refusal. What it can begin shows
 * itself by its channel. A click waits this long only where neither comes.
 */
const WATCH_MS = 250;

/** Orders that were sent and not answered to the caller yet, by the id that their channel and their job share. */
export class Orders {
  readonly #watched = new Map<string, (verdict: Verdict) => void>();

  /** Begin before sending: on a busy PBX an event may be here before the reply. */
  watch(uuid: string): { verdict: () => Promise<Verdict>; end: () => void } {
    const { promise, resolve } = Promise.withResolvers<Verdict>();
    this.#watched.set(uuid, resolve);
    let timer: NodeJS.Timeout | undefined;
    return {
      verdict: () => {
        timer = setTimeout(resolve, WATCH_MS, { is: 'silent' } satisfies Verdict);
        return promise;
      },
      end: () => {
        clearTimeout(timer);
        this.#watched.delete(uuid);
      },
    };
  }

  begun(uuid: string): void {
    this.#watched.get(uuid)?.({ is: 'begun' });
  }

  /** True where somebody is told so. */
  refused(uuid: string, event: EslEvent): boolean {
    this.#watched.get(uuid)?.({ is: 'refused', event });
    return this.#watched.has(uuid);
  }
}
