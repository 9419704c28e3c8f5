import { createNetworks, type Networks } from '../kit/networks.ts';
import type { Principal } from './keys.ts';

/** Where a request came from. */
export interface CameFrom {
  readonly address: string;
  /** The `Origin` that a browser sends; undefined where none came. */
  readonly origin: string | undefined;
}

/** Each reason why a key is not taken from there. What its owner allowed is for its owner: whoever found it is told no network. */
export function entryProblems({ limits = {} }: Principal, { address, origin }: CameFrom): string[] {
  const problems: string[] = [];
  if (limits.allowIp !== undefined && !networksOf(limits.allowIp).has(address))
    problems.push(
      `This key is not taken from the address ${address}; use it from one that its allow_ip has, or add this one to a new key.`,
    );
  if (limits.allowOrigin !== undefined && !mayComeFrom(limits.allowOrigin, origin)) {
    const seen = origin === undefined ? 'without an Origin' : `from the origin ${origin.slice(0, 200)}`;
    problems.push(`This key is not taken ${seen}; use it in a web page of one that its allow_origin has.`);
  }
  return problems;
}

/** The origin to which a page of this key's may be told the answer; undefined: to none. */
export function readableBy({ limits }: Principal, { origin }: CameFrom): string | undefined {
  return mayComeFrom(limits?.allowOrigin ?? [], origin) ? origin : undefined;
}

function mayComeFrom(allowed: readonly string[], origin: string | undefined): boolean {
  return origin !== undefined && allowed.includes(origin);
}

/** A key's list is the same object for as long as the key is kept in memory. */
const made = new WeakMap<readonly string[], Networks>();

function networksOf(ranges: readonly string[]): Networks {
  const known = made.get(ranges) ?? createNetworks(ranges);
  made.set(ranges, known);
  return known;
}
