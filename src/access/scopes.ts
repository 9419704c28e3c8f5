import type { Scope } from '../../contract/v3/scopes.ts';
import { SCOPES } from '../../contract/v3/scopes.ts';
import type { Principal } from './keys.ts';

/** What whoever asks may do: a key without limits has every scope. */
export function scopesOf({ scopes }: { readonly scopes?: readonly Scope[] | undefined }): readonly Scope[] {
  return scopes ?? (Object.keys(SCOPES) as Scope[]);
}

export function mayDo(principal: Principal, scope: Scope): boolean {
  return scopesOf(principal).includes(scope);
}
