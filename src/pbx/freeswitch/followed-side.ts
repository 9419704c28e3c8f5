import type { Side } from '../../../contract/call-words.ts';
import type { Cause } from '../../calls/cause.ts';
import type { LegFact, PbxFact } from '../../calls/fact.ts';

/** One side of a call: its phones, of which one may answer, and what has been told of it. Each thing is told once. */
export class FollowedSide {
  readonly #side: Side;
  /** Channels of its phones that live; once one has answered, that one alone. */
  readonly phones = new Set<string>();
  /** Of phones that are called through a loopback channel: what it calls. */
  readonly #behind = new Set<string>();
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

  /**
   * A phone more. One that is asked after others have come to nothing is the leg's next attempt; one that is asked after
   * another was picked up takes its place: the other side was sent on to it.
   */
  asked(uuid: string): PbxFact[] {
    if (this.isAnswered) {
      this.joined(uuid);
      return [{ type: 'leg', side: this.#side, happened: 'asked' }];
    }
    this.phones.add(uuid);
    this.#again();
    return this.#tell('asked');
  }

  /** A phone behind a loopback, whose channel was asked for before. */
  askedBehind(uuid: string): PbxFact[] {
    this.#behind.add(uuid);
    return this.#again() ? this.#tell('asked') : [];
  }

  ringing(uuid: string): PbxFact[] {
    if (this.isAnswered) return [];
    this.phones.add(uuid);
    return this.#tell('ringing');
  }

  answered(uuid: string): PbxFact[] {
    return [...this.joined(uuid), ...this.#tell('answered')];
  }

  /** It is that phone now and no other. */
  joined(uuid: string): PbxFact[] {
    this.phones.clear();
    this.phones.add(uuid);
    return this.#again() ? this.#tell('asked') : [];
  }

  hungUp(): PbxFact[] {
    return this.#told.has('ended') ? [] : this.#tell('hung_up');
  }

  /** A phone less that came to something: the last one's end is that of the leg. */
  gone(uuid: string, cause: Cause): PbxFact[] {
    this.phones.delete(uuid);
    // What the phone behind a loopback ended with says more than what the loopback then ends with.
    if (this.#cause?.text !== cause.text || this.#cause.sip === undefined) this.#cause = cause;
    return this.phones.size === 0 ? this.ended() : [];
  }

  goneBehind(uuid: string, cause: Cause): PbxFact[] {
    this.#behind.delete(uuid);
    this.#cause = cause;
    return this.#behind.size === 0 ? this.ended() : [];
  }

  /** @param cause where none of its phones has told one */
  ended(cause?: Cause): PbxFact[] {
    if (this.#told.has('ended')) return [];
    this.#told.add('ended');
    const why = this.#cause ?? cause;
    const fact = { type: 'leg', side: this.#side, happened: 'ended' } as const;
    return [why === undefined ? fact : { ...fact, cause: why }];
  }

  /** True where what came to nothing is taken up again. */
  #again(): boolean {
    if (!this.#told.has('ended') || this.isAnswered) return false;
    this.#told.clear();
    this.#cause = undefined;
    return true;
  }

  #tell(happened: LegFact['happened']): PbxFact[] {
    if (this.#told.has(happened)) return [];
    this.#told.add(happened);
    return [{ type: 'leg', side: this.#side, happened }];
  }
}
