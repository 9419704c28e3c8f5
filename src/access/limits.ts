import type { Scope } from '../../contract/v3/scopes.ts';

/**
 * What a key was made for, as its prefix says: `live` rings any PBX of its account, `test` those in the box alone, and a
 * `publishable` one stands in a web page, where everybody reads it.
 */
export type KeyKind = 'live' | 'test' | 'publishable';

/** What a key may not go beyond, next to its scopes. What is undefined is not limited; no list is empty. */
export interface KeyLimits {
  /** Numbers, or patterns of them (`calls/number-pattern.ts`), that it may ring first. */
  readonly allowFirst?: readonly string[];
  /** The same of whose rights and identity it may dial with; where none is asked for, the first number's count. */
  readonly allowAs?: readonly string[];
  /** The same of the second number. */
  readonly allowTo?: readonly string[];
  /** Networks that it may come from, as CIDR. */
  readonly allowIp?: readonly string[];
  /** Web origins that it may come from, such as `https://www.example.net`. */
  readonly allowOrigin?: readonly string[];
  /** Calls that it may ask for within any minute. */
  readonly perMinute?: number;
  /** Calls of it that may be going on at the same time. */
  readonly atOnce?: number;
}

/** What a key is made with, and keeps for its life; its expiry alone may be brought nearer. */
export interface KeyRights {
  readonly kind: KeyKind;
  /** What it may do; undefined: everything in its account. */
  readonly scopes: readonly Scope[] | undefined;
  readonly limits: KeyLimits;
  /** From then on it is as unknown as one that never was. */
  readonly expiresAtMicros: number | undefined;
}

/** Those of a key of which nothing was said. */
export const ALL_RIGHTS: KeyRights = {
  kind: 'live',
  scopes: undefined,
  limits: {},
  expiresAtMicros: undefined,
};
