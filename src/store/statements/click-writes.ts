import type { Kysely } from 'kysely';
import type { ClickRow, Database, Engine } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

export function clickStatements(db: Kysely<Database>, engine: Engine) {
  return {
    /**
     * Takes the click, or gives no row where it was made within the window. On PostgreSQL the losing side of a tie waits
     * here for the winner's commit, and keeps the row locked: the read that follows finds the winner's call.
     *
     * A click from the future, by more than the window, is no repeat: a clock that was set back must not silence a
     * number for as long as it was wrong.
     */
    takeClick: prepared((click: Columns<ClickRow> & { window: number }) =>
      db
        .insertInto('click')
        .values({
          fingerprint: click.fingerprint,
          call_id: click.call_id,
          at: click.at,
          kept_until: click.kept_until,
        })
        .onConflict((conflict) =>
          conflict
            .column('fingerprint')
            .doUpdateSet((eb) => ({
              call_id: eb.ref('excluded.call_id'),
              at: eb.ref('excluded.at'),
              kept_until: eb.ref('excluded.kept_until'),
            }))
            .where((eb) =>
              eb.or([
                eb('click.at', '<=', eb(eb.ref('excluded.at'), '-', click.window)),
                eb('click.at', '>', eb(eb.ref('excluded.at'), '+', click.window)),
              ]),
            ),
        )
        .returning('call_id'),
    ),
    clickOf: prepared(({ fingerprint }: { fingerprint: string }) =>
      db.selectFrom('click').select('call_id').where('fingerprint', '=', fingerprint),
    ),
    clicksAfter: prepared(({ fingerprint, limit }: { fingerprint: string; limit: number }) => {
      const next = db
        .selectFrom('click')
        .select(['fingerprint', 'kept_until'])
        .where('fingerprint', '>', fingerprint)
        .orderBy('fingerprint')
        .limit(limit);
      // It never waits for a click that another process is making, and so can't be part of a deadlock.
      return engine === 'postgres' ? next.forUpdate().skipLocked() : next;
    }),
    deleteClick: prepared(({ fingerprint }: { fingerprint: string }) =>
      db.deleteFrom('click').where('fingerprint', '=', fingerprint),
    ),
  };
}
