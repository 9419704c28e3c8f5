import type { Disposition } from '../../../../contract/call-words.ts';
import type { Cause } from '../../../calls/cause.ts';
import type { Frame } from '../../contract.ts';
import { lookUp } from '../../../kit/look-up.ts';

/** How many phones of one leg are followed. */
const PHONES_MAX = 64;

/** Who says why the leg came to nothing: what its own Local channel says, what the dialplan says of a phone, the phone. */
const RANKS = ['own', 'dialplan', 'phone'] as const;

interface Reason {
  readonly by: (typeof RANKS)[number];
  readonly cause: Cause;
  readonly frame: Frame;
}

/**
 * The phones behind a first leg that runs through the dialplan, as FreePBX's do. Its own Local channel ends with no cause at
 * all (22.10.1); the phone's own words win over the dialplan's word for it, and these over the channel's.
 */
export class FirstPhones {
  readonly #ids = new Set<string>();
  #reason: Reason | undefined;

  get ids(): Iterable<string> {
    return this.#ids;
  }

  /** The dialplan dials a phone, or tells what came of it. */
  dialled(phoneId: string, status: string, frame: Frame): void {
    if (status === '') {
      if (this.#ids.size < PHONES_MAX) this.#ids.add(phoneId);
      this.#reason = undefined;
      return;
    }
    const means = lookUp(MEANINGS, status);
    if (means !== undefined) this.#note({ by: 'dialplan', cause: { text: status, means }, frame });
  }

  /** The word of the leg's own channel. */
  cameTo(status: string, frame: Frame): void {
    const isBusy = status === 'BUSY';
    const means = isBusy ? 'busy' : this.#ids.size === 0 ? 'unavailable' : undefined;
    this.#note({ by: 'own', cause: { text: status, ...(means && { means }) }, frame });
  }

  refused(phoneId: string, cause: Cause, frame: Frame): void {
    if (this.#ids.has(phoneId) && (cause.q850 ?? 0) > 0) this.#note({ by: 'phone', cause, frame });
  }

  /**
   * What is better known than the cause of the leg's own channel; undefined: nothing is.
   * @param own 19 is its own timeout; a dialplan may have handed a phone's cause on; 16 says nothing of a phone
   */
  better(own: Cause): (Pick<Reason, 'cause'> & Partial<Pick<Reason, 'frame'>>) | undefined {
    const { q850 = 0 } = own;
    const reason = this.#reason;
    if (q850 === 19) return undefined;
    if (reason?.by === 'phone' || (reason?.by === 'dialplan' && q850 === 16)) return reason;
    if (q850 !== 0) return undefined;
    // The dialplan has no such number, or came to its end without dialling anybody.
    return reason ?? (this.#ids.size === 0 ? { cause: { ...own, means: 'unavailable' } } : undefined);
  }

  #note(reason: Reason): void {
    const rank = ({ by }: Reason) => RANKS.indexOf(by);
    if (this.#reason === undefined || rank(reason) >= rank(this.#reason)) this.#reason = reason;
  }
}

/** Any other word stands for several things: NOANSWER for a phone that declines, too. */
const MEANINGS: Readonly<Record<string, Disposition>> = {
  BUSY: 'busy',
  CONGESTION: 'congestion',
  CHANUNAVAIL: 'unavailable',
};
