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
  // Each engine comes with what it needs, and only when it is needed: a start without `pg` is quicker and smaller.
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres/open-postgres.ts');
    return openPostgres(url);
  }
  const { openSqlite } = await import('./sqlite/open-sqlite.ts');
  return openSqlite(url.replace(/^sqlite:/, ''));
}
