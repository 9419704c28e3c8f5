import type { DialledAs } from '../policy/read-dialled.ts';

/** A side of a call that leaves the PBX, as the watch for thieves sees it. */
export interface OutsideLeg {
  readonly atMicros: number;
  readonly e164: string;
  /** Two letters of ISO 3166; null for a number that belongs to no country. */
  readonly country: string | null;
  readonly type: DialledAs['type'];
  /** The first number of its call, as dialled: whose phone it is. */
  readonly phone: string;
}

/** The legs of a call that leave the PBX, could be read, and cost somebody something. */
export function outsideLegs(atMicros: number, phone: string, sides: readonly DialledAs[]): OutsideLeg[] {
  return sides.flatMap(({ type, e164, country }) =>
    e164 === null || type === 'toll_free' ? [] : [{ atMicros, e164, country, type, phone }],
  );
}

/** Ten thousand numbers that follow each other: what a thief rents is one or a few of these. */
export function rangeOf({ e164 }: OutsideLeg): string {
  return e164.slice(0, -4);
}

/** Where a number is, coarsely: its country and the first digits of its area or network. */
export function areaOf({ e164 }: OutsideLeg): string {
  return e164.slice(0, 6);
}
