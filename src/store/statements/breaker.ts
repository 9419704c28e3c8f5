import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database, HabitRow, KeyFreezeRow } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

export function breakerReads(db: Kysely<Database>) {
  return {
    freezeOf: prepared(({ keyId }: { keyId: string }) =>
      db.selectFrom('key_freeze').selectAll().where('key_id', '=', keyId),
    ),
    frozenKeys: prepared(({ tenantId }: { tenantId: string }) =>
      db
        .selectFrom('key_freeze')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('frozen_at', 'is not', null)
        .orderBy('key_id'),
    ),
    habitsOf: prepared(({ keyId, sinceDay }: { keyId: string; sinceDay: number }) =>
      db
        .selectFrom('key_habit')
        .select((eb) => [
          'name',
          eb.fn.min('day').as('first_day'),
          eb.fn.max('day').as('last_day'),
          eb.fn.sum('calls').as('all_calls'),
        ])
        .where('key_id', '=', keyId)
        .where('day', '>=', sinceDay)
        .groupBy('name'),
    ),
  };
}

export function breakerWrites(db: Kysely<Database>) {
  return {
    /** No row: it is frozen already. */
    freezeKey: prepared((row: Columns<KeyFreezeRow>) =>
      db
        .insertInto('key_freeze')
        .values({
          key_id: row.key_id,
          tenant_id: row.tenant_id,
          frozen_at: row.frozen_at,
          reason: row.reason,
          counts: row.counts,
          unfrozen_at: row.unfrozen_at,
        })
        .onConflict((conflict) =>
          conflict
            .column('key_id')
            .doUpdateSet({ frozen_at: row.frozen_at, reason: row.reason, counts: row.counts })
            .where('key_freeze.frozen_at', 'is', null),
        )
        .returning('key_id'),
    ),
    unfreezeKey: prepared((key: { tenant_id: string; key_id: string; at: number }) =>
      db
        .updateTable('key_freeze')
        .set({ frozen_at: null, unfrozen_at: key.at })
        .where('tenant_id', '=', key.tenant_id)
        .where('key_id', '=', key.key_id)
        .where('frozen_at', 'is not', null)
        .returning('key_id'),
    ),
    addHabit: prepared((row: Columns<HabitRow>) =>
      db
        .insertInto('key_habit')
        .values({ key_id: row.key_id, day: row.day, name: row.name, calls: row.calls })
        .onConflict((conflict) =>
          conflict
            .columns(['key_id', 'day', 'name'])
            .doUpdateSet({ calls: sql<number>`key_habit.calls + excluded.calls` }),
        ),
    ),
    /** A key that takes another one's place is used to the same. */
    inheritHabits: prepared((keys: { key_id: string; from: string }) =>
      db
        .insertInto('key_habit')
        .columns(['key_id', 'day', 'name', 'calls'])
        .expression((eb) =>
          eb
            .selectFrom('key_habit')
            .select([sql<string>`cast(${keys.key_id} as text)`.as('key_id'), 'day', 'name', 'calls'])
            .where('key_id', '=', keys.from),
        ),
    ),
    forgetHabits: prepared((key: { key_id: string; before: number }) =>
      db.deleteFrom('key_habit').where('key_id', '=', key.key_id).where('day', '<', key.before),
    ),
  };
}
