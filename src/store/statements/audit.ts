import type { Kysely } from 'kysely';
import type { AuditEntryRow, AuditHeadRow, Database } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

export function auditWrites(db: Kysely<Database>) {
  return {
    auditHeadOf: prepared(({ log }: { log: string }) =>
      db.selectFrom('audit_head').select(['position', 'hash']).where('log', '=', log),
    ),
    insertAuditEntry: prepared((entry: Columns<AuditEntryRow>) =>
      db.insertInto('audit_entry').values({
        log: entry.log,
        position: entry.position,
        at: entry.at,
        actor_kind: entry.actor_kind,
        actor_name: entry.actor_name,
        action: entry.action,
        subject: entry.subject,
        detail: entry.detail,
        previous: entry.previous,
        hash: entry.hash,
      }),
    ),
    putAuditHead: prepared((head: Columns<AuditHeadRow>) =>
      db
        .insertInto('audit_head')
        .values({ log: head.log, position: head.position, hash: head.hash })
        .onConflict((conflict) =>
          conflict
            .column('log')
            .doUpdateSet((eb) => ({ position: eb.ref('excluded.position'), hash: eb.ref('excluded.hash') })),
        ),
    ),
  };
}

export function auditReads(db: Kysely<Database>) {
  return {
    auditHead: prepared(({ log }: { log: string }) =>
      db.selectFrom('audit_head').select(['position', 'hash']).where('log', '=', log),
    ),
    auditNewest: prepared(({ limit }: { limit: number }) =>
      db
        .selectFrom('audit_entry')
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('log')
        .orderBy('position', 'desc')
        .limit(limit),
    ),
    auditNewestOf: prepared(({ log, limit }: { log: string; limit: number }) =>
      db
        .selectFrom('audit_entry')
        .selectAll()
        .where('log', '=', log)
        .orderBy('position', 'desc')
        .limit(limit),
    ),
    auditAfter: prepared(({ log, position, limit }: { log: string; position: number; limit: number }) =>
      db
        .selectFrom('audit_entry')
        .selectAll()
        .where('log', '=', log)
        .where('position', '>', position)
        .orderBy('position')
        .limit(limit),
    ),
    auditBefore: prepared(({ log, position, limit }: { log: string; position: number; limit: number }) =>
      db
        .selectFrom('audit_entry')
        .selectAll()
        .where('log', '=', log)
        .where('position', '<', position)
        .orderBy('position', 'desc')
        .limit(limit),
    ),
    auditLogs: prepared(() =>
      db
        .selectFrom('audit_entry')
        .select('log')
        .union(db.selectFrom('audit_head').select('log'))
        .orderBy('log'),
    ),
  };
}
