import { createHash } from 'node:crypto';

/** An act as its log has it. The texts are exactly as they are stored: the hash is over them. */
export interface AuditEntry {
  readonly log: string;
  /** 1, 2, 3 … within the log. */
  readonly position: number;
  readonly atMicros: number;
  readonly actorKind: string;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  /** JSON. */
  readonly detail: string;
  /** The hash of the entry before, empty for the first one. */
  readonly previous: string;
  readonly hash: string;
}

/** Where a log ends: kept beside its entries, so that those that were cut off are missed. */
export interface AuditHead {
  readonly position: number;
  readonly hash: string;
}

/** SHA-256 over every field and the hash of the entry before, lower-case hex. */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { log, position, atMicros, actorKind, actorName, action, subject, detail, previous } = entry;
  const fields = [previous, log, position, atMicros, actorKind, actorName, action, subject, detail];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** What is wrong with a log. Each break is told once: what follows it is held against what is there. */
export class ChainCheck {
  /** In the order of the log: `entry 7 …`. */
  readonly breaks: string[] = [];
  #position = 0;
  #hash = '';
  /** Whether the last entry was found to be another one than was written. */
  #isBroken = false;

  /** The position of the last entry that was shown. */
  get position(): number {
    return this.#position;
  }

  /** Its hash, empty before the first. */
  get hash(): string {
    return this.#hash;
  }

  /** Entries are shown in their order. */
  entry(entry: AuditEntry): void {
    const { position } = entry;
    const isNext = position === this.#position + 1;
    if (!isNext) this.#missing(this.#position + 1, position - 1);
    const isTold = this.#isBroken;
    this.#isBroken = hashOf(entry) !== entry.hash;
    if (this.#isBroken) this.#broken(position, 'was altered, or is not where it was written');
    else if (isNext && !isTold && entry.previous !== this.#hash)
      this.#broken(position - 1, `is not the one that entry ${position} was written after`);
    this.#position = position;
    this.#hash = entry.hash;
  }

  /** After the last entry. */
  end({ position, hash }: AuditHead): void {
    if (position > this.#position) this.#missing(this.#position + 1, position);
    else if (position < this.#position)
      this.#broken(this.#position, 'was not written by us: the log ends before it');
    else if (hash !== this.#hash && !this.#isBroken)
      this.#broken(position, 'is not the one that the log ends with');
  }

  #missing(from: number, to: number): void {
    if (from === to) this.#broken(from, 'is missing');
    else this.breaks.push(`entries ${from} to ${to} are missing`);
  }

  #broken(position: number, said: string): void {
    this.breaks.push(`entry ${position} ${said}`);
  }
}
