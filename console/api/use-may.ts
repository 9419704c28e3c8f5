import { useQuery } from '@tanstack/react-query';
import type { Scope } from '../../contract/v3/scopes.ts';
import { scopesOf } from './people.ts';
import { meQuery } from './queries.ts';

/** Whether who is logged in may do that: what they may not is not offered. */
export function useMay(scope: Scope): boolean {
  const { data: me } = useQuery(meQuery);
  return me !== undefined && scopesOf(me).has(scope);
}
