import type { Clock } from '../../../kit/clock.ts';

/** Ways in which one Switchvox differs from another, as far as anybody knows. */
export interface SwitchvoxVariant {
  /** How it wants a login: old versions Digest, new ones Basic. */
  readonly auth?: 'basic' | 'digest' | 'both';
  /** Whether a digest has `qop=auth` (RFC 2617) or none (RFC 2069). */
  readonly qop?: 'auth' | 'none';
  /** `odd`: the challenge is quoted as no standard has it. */
  readonly quoting?: 'plain' | 'odd';
  /** A wrong login, and one from an address that Access Control does not allow. */
  readonly refusal?: 401 | 403;
  /** A list of one: that one itself, or an array of it. A list of none is left out, or an empty array. */
  readonly lists?: 'single' | 'array';
  /** false: an old version, which refuses `timeout_second_call` and `auto_answer`. */
  readonly knowsNewParameters?: boolean;
  /** How a call whose first phone rings is shown: as it will be, or as one from the second number to the first. */
  readonly showsFirst?: 'as_caller' | 'as_called';
  /** When an order is answered: at once, or when the first leg's fate is known. */
  readonly replies?: 'at_once' | 'after_first_leg';
  /** Numbers in JSON as texts or as numbers. */
  readonly numbers?: 'text' | 'number';
  /** Digits that the account's Call API settings put before an outside number. */
  readonly prefix?: string;
}

/** A call between other people, as `currentCalls.getList` shows it. */
export interface ForeignCall {
  readonly from: string;
  readonly to: string;
  readonly state: string;
  /** Seconds that it has lasted. */
  readonly duration: number;
}

/** What a test may let the box do wrong. `'*'` means every method. */
export interface SwitchvoxFaults {
  /** Every login fails. */
  refuseLogin?: boolean;
  /** Milliseconds, before the pace, until a login is answered. */
  loginDelayMs?: number;
  /** So many requests a nonce is good for; what comes after is answered with a new one. */
  nonceUses?: number;
  /** Whether a worn-out nonce is called `stale=true`; some boxes only say no. */
  saysStale?: boolean;
  /** HTTP 403 and a page for these methods. */
  forbid?: readonly string[];
  /** HTML in place of an answer for these methods, with this HTTP status. */
  html?: { readonly status: number; readonly methods: readonly string[] };
  /** These are carried out and never answered. */
  neverAnswer?: readonly string[];
  /** These are carried out; half of the answer is sent, and the connection cut. */
  cutMidAnswer?: readonly string[];
  /** Bytes in each piece of an answer. */
  splitBytes?: number;
  /** An order is answered when its first phone rings. */
  ringsBeforeReply?: boolean;
  /** Milliseconds until a call is shown among the current ones. */
  showsLate?: number;
  /** Calls in progress that were not ordered here. */
  foreignCalls?: readonly ForeignCall[];
  /** As many members that nobody knows in every answer. */
  padMembers?: number;
  /** The answers to these are as many bytes longer. */
  huge?: { readonly bytes: number; readonly methods: readonly string[] };
  /** This error, with this code, in place of every answer to these. */
  error?: { readonly code: number; readonly message: string; readonly methods: readonly string[] };
}

export interface SwitchvoxSandboxOptions {
  readonly clock?: Clock;
  /** 0, the default: whichever is free. */
  readonly port?: number;
  readonly host?: string;
  /** The administrator; by default `click2call` / `sandbox`. */
  readonly username?: string;
  readonly password?: string;
  /** The password of every extension's own login; by default the administrator's. */
  readonly userPassword?: string;
  /** PEM; with it the port speaks HTTPS, as every real one does. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** A factor on every delay of the PBX and its phones: 0.05 is twenty times as fast as life. */
  readonly pace?: number;
  readonly variant?: SwitchvoxVariant;
  readonly faults?: SwitchvoxFaults;
}

export function hits(methods: readonly string[] | undefined, method: string): boolean {
  return methods?.some((named) => named === '*' || named === method) ?? false;
}
