import { openPostgres } from './postgres/open-postgres.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import type { Store } from './store.ts';

export type { Store } from './store.ts';
export { StoreError } from './store-error.ts';
export type { StoreFault } from './store-error.ts';

export interface StoreOptions {
  /** `postgres://…` or `postgresql://…`, or an SQLite file as `sqlite:<path>` or as a bare path. */
  readonly url: string;
}

/**
 * Opens the store that `url` names and brings its tables up to date; several processes may do so at once.
 * @throws StoreError where it can't be opened
 */
export async function openStore({ url }: StoreOptions): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url);
  return openSqlite(url.replace(/^sqlite:/, ''));
}
