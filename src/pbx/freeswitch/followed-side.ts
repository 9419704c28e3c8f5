import type { Side } from '../../../contract/call-words.ts';
import type { Cause } from '../../calls/cause.ts';
import type { LegFact, PbxFact } from '../../calls/fact.ts';

/** One side of a call: its phones, of which one may answer, and what has been told of it. Each thing is told once. */
export class FollowedSide {
  readonly #side: Side;
  /** Channels of its phones that live; once one has answered, that one alone. */
  readonly phones = new Set<string>();
  readonly #told = new Set<LegFact['happened']>();
  /** Of the phone that came to nothing last. */
  #cause: Cause | undefined;

  constructor(side: Side) {
    this.#side = side;
  }

  get isAnswered(): boolean {
    return this.#told.has('answered');
  }

  get wasAsked(): boolean {
    return this.#told.has('asked');
  }

  /** A phone more. One that is asked after others have come to nothing is the leg's next attempt. */
  asked(uuid: string): PbxFact[] {
    this.phones.add(uuid);
    if (this.#told.has('ended') && !this.isAnswered) {
      this.#told.clear();
      this.#cause = undefined;
    }
    return this.#tell('asked');
  }

  ringing(uuid: string): PbxFact[] {
    if (this.isAnswered) return [];
    this.phones.add(uuid);
    return this.#tell('ringing');
  }

  answered(uuid: string): PbxFact[] {
    this.phones.clear();
    this.phones.add(uuid);
    return this.#tell('answered');
  }

  hungUp(): PbxFact[] {
    return this.#told.has('ended') ? [] : this.#tell('hung_up');
  }

  /** What a channel behind a loopback ended with, which says more than what the loopback ends with. */
  noteCause(cause: Cause): void {
    if (this.#cause?.text !== cause.text || this.#cause.sip === undefined) this.#cause = cause;
  }

  /** A phone less that came to something: the last one's end is that of the leg. */
  gone(uuid: string, cause: Cause): PbxFact[] {
    this.phones.delete(uuid);
    this.noteCause(cause);
    return this.phones.size === 0 ? this.ended() : [];
  }

  /** @param cause where none of its phones has told one */
  ended(cause?: Cause): PbxFact[] {
    if (this.#told.has('ended')) return [];
    this.#told.add('ended');
    const why = this.#cause ?? cause;
    return [
      {
        type: 'leg',
        side: this.#side,
        happened: 'ended',
        ...(why === undefined ? {} : { cause: why }),
      },
    ];
  }

  #tell(happened: LegFact['happened']): PbxFact[] {
    if (this.#told.has(happened)) return [];
    this.#told.add(happened);
    return [{ type: 'leg', side: this.#side, happened }];
  }
}
