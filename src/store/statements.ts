import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { CallState } from '../calls/call.ts';
import { prepared } from './statement.ts';
import type { Step } from './statement.ts';
import type {
  CallRow,
  ClickRow,
  Database,
  Engine,
  JournalEntryRow,
  KeyRow,
  PbxRow,
  TenantRow,
} from './schema.ts';

/** What the ops write with. `db` only compiles; nothing runs on it. */
export function writeStatements(db: Kysely<Database>, engine: Engine) {
  return {
    ...callStatements(db),
    ...clickStatements(db, engine),
    ...directoryStatements(db),
    ...keyStatements(db),
  };
}

export type WriteStatements = ReturnType<typeof writeStatements>;

type Columns<Row> = { readonly [Column in keyof Row]: Row[Column] };

/** As a literal, not as a parameter: only so can the engines use the partial index on it. */
export const ORIGINATING = sql.lit<CallState>('originating');

function callStatements(db: Kysely<Database>) {
  return {
    insertCall: prepared((call: Columns<CallRow>) =>
      db.insertInto('call').values({
        id: call.id,
        tenant_id: call.tenant_id,
        key_id: call.key_id,
        pbx_id: call.pbx_id,
        pbx_name: call.pbx_name,
        state: call.state,
        asked_at: call.asked_at,
        first: call.first,
        second: call.second,
        dial_as: call.dial_as,
        error_token: call.error_token,
        next_seq: call.next_seq,
      }),
    ),
    insertEntry: prepared((entry: Columns<JournalEntryRow>) =>
      db.insertInto('journal_entry').values({
        call_id: entry.call_id,
        seq: entry.seq,
        at: entry.at,
        kind: entry.kind,
        data: entry.data,
      }),
    ),
    /** Gives the number after the last new entry; no row: the call has an outcome, or there is no such call. */
    settleCall: prepared((values: { id: string; state: CallState; entries: number }) =>
      db
        .updateTable('call')
        .set((eb) => ({ state: values.state, next_seq: eb('next_seq', '+', values.entries) }))
        .where('id', '=', values.id)
        .where('state', '=', ORIGINATING)
        .returning('next_seq'),
    ),
    /** Gives the number after the last new entry; no row: there is no such call. */
    extendCall: prepared((values: { id: string; entries: number }) =>
      db
        .updateTable('call')
        .set((eb) => ({ next_seq: eb('next_seq', '+', values.entries) }))
        .where('id', '=', values.id)
        .returning('next_seq'),
    ),
    callExists: prepared(({ id }: { id: string }) => db.selectFrom('call').select('id').where('id', '=', id)),
  };
}

function clickStatements(db: Kysely<Database>, engine: Engine) {
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
        .values({ fingerprint: click.fingerprint, call_id: click.call_id, at: click.at })
        .onConflict((conflict) =>
          conflict
            .column('fingerprint')
            .doUpdateSet((eb) => ({ call_id: eb.ref('excluded.call_id'), at: eb.ref('excluded.at') }))
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
    pruneClicks: prepared(({ before, limit }: { before: number; limit: number }) => {
      const old = db
        .selectFrom('click')
        .select('fingerprint')
        .where('at', '<', before)
        .orderBy('at')
        .limit(limit);
      // It never waits for a click that another process is making, and so can't be part of a deadlock.
      const free = engine === 'postgres' ? old.forUpdate().skipLocked() : old;
      return db.deleteFrom('click').where('fingerprint', 'in', free);
    }),
  };
}

function directoryStatements(db: Kysely<Database>) {
  return {
    /** No row: the slug is in use. */
    insertTenant: prepared((tenant: Columns<TenantRow>) =>
      db
        .insertInto('tenant')
        .values({ id: tenant.id, slug: tenant.slug, name: tenant.name, created_at: tenant.created_at })
        .onConflict((conflict) => conflict.column('slug').doNothing())
        .returning('id'),
    ),
    /** No row: the account has a PBX of that name. */
    insertPbx: prepared((pbx: Columns<PbxRow>) =>
      db
        .insertInto('pbx')
        .values({
          id: pbx.id,
          tenant_id: pbx.tenant_id,
          name: pbx.name,
          driver: pbx.driver,
          settings: pbx.settings,
          sealed: pbx.sealed,
          revision: pbx.revision,
          created_at: pbx.created_at,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doNothing())
        .returning('id'),
    ),
    changePbx: prepared((change: { id: string; settings: string; sealed: string }) =>
      db
        .updateTable('pbx')
        .set((eb) => ({ settings: change.settings, sealed: change.sealed, revision: eb('revision', '+', 1) }))
        .where('id', '=', change.id)
        .returning('id'),
    ),
    deletePbx: prepared((pbx: { tenant_id: string; name: string }) =>
      db
        .deleteFrom('pbx')
        .where('tenant_id', '=', pbx.tenant_id)
        .where('name', '=', pbx.name)
        .returning('id'),
    ),
  };
}

function keyStatements(db: Kysely<Database>) {
  return {
    insertKey: prepared((key: Columns<KeyRow>) =>
      db.insertInto('api_key').values({
        id: key.id,
        tenant_id: key.tenant_id,
        label: key.label,
        prefix: key.prefix,
        hash: key.hash,
        created_at: key.created_at,
        last_used_at: key.last_used_at,
        revoked_at: key.revoked_at,
      }),
    ),
    revokeKey: prepared((key: { tenant_id: string; id: string; at: number }) =>
      db
        .updateTable('api_key')
        .set({ revoked_at: key.at })
        .where('tenant_id', '=', key.tenant_id)
        .where('id', '=', key.id)
        .where('revoked_at', 'is', null)
        .returning('id'),
    ),
    touchKey: prepared((key: { id: string; at: number; before: number }) =>
      db
        .updateTable('api_key')
        .set({ last_used_at: key.at })
        .where('id', '=', key.id)
        .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', key.before)])),
    ),
  };
}

/** What the reads read with. `db` only compiles; nothing runs on it. */
export function readStatements(db: Kysely<Database>) {
  return {
    tenants: prepared(() => db.selectFrom('tenant').selectAll().orderBy('created_at').orderBy('id')),
    tenantBySlug: prepared(({ slug }: { slug: string }) =>
      db.selectFrom('tenant').selectAll().where('slug', '=', slug),
    ),
    pbxsOf: prepared(({ tenantId }: { tenantId: string }) =>
      db.selectFrom('pbx').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').orderBy('id'),
    ),
    keysOf: prepared(({ tenantId }: { tenantId: string }) =>
      db
        .selectFrom('api_key')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .orderBy('created_at')
        .orderBy('id'),
    ),
    keyByHash: prepared(({ hash }: { hash: string }) =>
      db.selectFrom('api_key').selectAll().where('hash', '=', hash),
    ),
    callById: prepared(({ id }: { id: string }) => db.selectFrom('call').selectAll().where('id', '=', id)),
    entriesOf: prepared(({ callId }: { callId: string }) =>
      db
        .selectFrom('journal_entry')
        .select(['at', 'kind', 'data'])
        .where('call_id', '=', callId)
        .orderBy('seq'),
    ),
    unsettled: prepared(({ before, limit }: { before: number; limit: number }) =>
      db
        .selectFrom('call')
        .selectAll()
        .where('state', '=', ORIGINATING)
        .where('asked_at', '<', before)
        .orderBy('asked_at')
        .orderBy('id')
        .limit(limit),
    ),
  };
}

export type ReadStatements = ReturnType<typeof readStatements>;
/** Runs a read, each on what is committed when it starts. */
export type Reader = <Row>(step: Step<Row>) => Promise<Row[]>;
