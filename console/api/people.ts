import type { Me } from '../../contract/v3/me.ts';

/** What who is logged in may do. */
export function scopesOf({ scopes }: Me): ReadonlySet<string> {
  return new Set(scopes);
}
