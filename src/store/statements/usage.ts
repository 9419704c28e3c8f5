import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database, UsageRow } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

export function usageWrites(db: Kysely<Database>) {
  return {
    countCall: prepared((count: Columns<UsageRow>) =>
      db
        .insertInto('usage')
        .values({
          tenant_id: count.tenant_id,
          hour: count.hour,
          disposition: count.disposition,
          wait_class: count.wait_class,
          calls: count.calls,
          talk: count.talk,
        })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'hour', 'disposition', 'wait_class']).doUpdateSet((eb) => ({
            calls: eb('usage.calls', '+', eb.ref('excluded.calls')),
            talk: eb('usage.talk', '+', eb.ref('excluded.talk')),
          })),
        ),
    ),
  };
}

interface Span {
  readonly tenantId: string;
  readonly from: number;
  readonly to: number;
}

export function usageReads(db: Kysely<Database>) {
  const within = ({ tenantId, from, to }: Columns<Span>) =>
    db.selectFrom('usage').where('tenant_id', '=', tenantId).where('hour', '>=', from).where('hour', '<', to);
  return {
    /** As they stand in the table, and in its order: nothing is to be sorted. */
    usageByHour: prepared((span: Columns<Span>) =>
      within(span).select(['hour as period', 'disposition', 'wait_class', 'calls', 'talk']).orderBy('hour'),
    ),
    usageByDay: prepared((span: Columns<Span>) =>
      within(span)
        .select([
          sql<number>`hour - hour % 24`.as('period'),
          'disposition',
          'wait_class',
          sql<number>`cast(sum(calls) as bigint)`.as('calls'),
          sql<number>`cast(sum(talk) as bigint)`.as('talk'),
        ])
        .groupBy(['period', 'disposition', 'wait_class'])
        .orderBy('period'),
    ),
  };
}
