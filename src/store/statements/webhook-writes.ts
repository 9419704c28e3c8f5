import { sql } from 'kysely';
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { AttemptRow, Database, DeliveryRow, Engine, WebhookRow } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

export function webhookStatements(db: Kysely<Database>) {
  return {
    /** The one look-up that every event costs. */
    webhooksToTell: prepared(({ tenantId }: { tenantId: string }) =>
      db
        .selectFrom('webhook')
        .select(['id', 'types'])
        .where('tenant_id', '=', tenantId)
        .where('state', '!=', 'removed'),
    ),
    insertWebhook: prepared((webhook: Columns<WebhookRow>) =>
      db
        .insertInto('webhook')
        .values({
          id: webhook.id,
          tenant_id: webhook.tenant_id,
          url: webhook.url,
          types: webhook.types,
          label: webhook.label,
          sealed: webhook.sealed,
          state: webhook.state,
          reason: webhook.reason,
          failures: webhook.failures,
          failing_since: webhook.failing_since,
          retry_at: webhook.retry_at,
          created_at: webhook.created_at,
        })
        .returning('id'),
    ),
    changeWebhook: prepared(
      (change: Pick<Columns<WebhookRow>, 'id' | 'tenant_id' | 'url' | 'types' | 'label'>) =>
        db
          .updateTable('webhook')
          .set({ url: change.url, types: change.types, label: change.label })
          .where('id', '=', change.id)
          .where('tenant_id', '=', change.tenant_id)
          .where('state', '!=', 'removed')
          .returning('id'),
    ),
    rotateWebhook: prepared((change: Pick<Columns<WebhookRow>, 'id' | 'tenant_id' | 'sealed'>) =>
      db
        .updateTable('webhook')
        .set({ sealed: change.sealed })
        .where('id', '=', change.id)
        .where('tenant_id', '=', change.tenant_id)
        .where('state', '!=', 'removed')
        .returning('id'),
    ),
    /** No row: another process has changed it, with a seal of its own, or removed it. */
    resealWebhook: prepared((change: { id: string; before: string; sealed: string }) =>
      db
        .updateTable('webhook')
        .set({ sealed: change.sealed })
        .where('id', '=', change.id)
        .where('sealed', '=', change.before)
        .returning('id'),
    ),
    /** Anew in its state: what was counted of its failures is forgotten. */
    turnWebhook: prepared((turn: Pick<Columns<WebhookRow>, 'id' | 'tenant_id' | 'state' | 'reason'>) =>
      db
        .updateTable('webhook')
        .set({ state: turn.state, reason: turn.reason, failures: 0, failing_since: null, retry_at: 0 })
        .where('id', '=', turn.id)
        .where('tenant_id', '=', turn.tenant_id)
        .where('state', '!=', 'removed')
        .returning('id'),
    ),
    forgetWebhook: prepared(({ id }: { id: string }) =>
      db.deleteFrom('webhook').where('id', '=', id).where('state', '=', 'removed').returning('id'),
    ),
    /** What began before the last failure was counted is the same failure. */
    countFailure: prepared((failure: { id: string; began: number; now: number; retry_at: number }) =>
      db
        .updateTable('webhook')
        .set((eb) => ({
          failures: eb('failures', '+', 1),
          failing_since: eb.fn.coalesce('failing_since', eb.val(failure.now)),
          retry_at: failure.retry_at,
        }))
        .where('id', '=', failure.id)
        .where('retry_at', '<=', failure.began)
        .returning('failing_since'),
    ),
    countSuccess: prepared(({ id }: { id: string }) =>
      db
        .updateTable('webhook')
        .set({ failures: 0, failing_since: null, retry_at: 0 })
        .where('id', '=', id)
        .where('failures', '>', 0),
    ),
    pauseFailing: prepared((pause: { id: string; since: number; reason: string }) =>
      db
        .updateTable('webhook')
        .set({ state: 'paused', reason: pause.reason })
        .where('id', '=', pause.id)
        .where('state', '=', 'active')
        .where('failing_since', '<=', pause.since)
        .returning('id'),
    ),
  };
}

export function deliveryStatements(db: Kysely<Database>, engine: Engine) {
  return {
    insertDelivery: prepared((delivery: Columns<DeliveryRow>) =>
      db.insertInto('delivery').values({
        webhook_id: delivery.webhook_id,
        id: delivery.id,
        call_id: delivery.call_id,
        seq: delivery.seq,
        type: delivery.type,
        number: delivery.number,
        state: delivery.state,
        attempts: delivery.attempts,
        due_at: delivery.due_at,
        until_at: delivery.until_at,
        created_at: delivery.created_at,
        about: delivery.about,
      }),
    ),
    webhookToServe: prepared(({ id, now }: { id: string; now: number }) =>
      db
        .selectFrom('webhook')
        .select(['tenant_id', 'url', 'sealed', 'failures'])
        .where('id', '=', id)
        .where('state', '=', 'active')
        .where('retry_at', '<=', now),
    ),
    /** What another process is taking up at this moment is not waited for: it is that process's. */
    dueDeliveries: prepared((due: { webhook_id: string; now: number; limit: number }) => {
      const rows = db
        .selectFrom('delivery')
        .selectAll()
        .where('delivery.webhook_id', '=', due.webhook_id)
        .where('delivery.due_at', '<=', due.now)
        .where(isFirstOfCall)
        .orderBy('delivery.due_at')
        .orderBy('delivery.id')
        .limit(due.limit);
      return engine === 'postgres' ? rows.forUpdate().skipLocked() : rows;
    }),
    /** No row: another op of the same transaction has it; their statements run in turn. */
    takeDelivery: prepared((taken: { webhook_id: string; id: string; attempts: number; lease: number }) =>
      db
        .updateTable('delivery')
        .set((eb) => ({ due_at: taken.lease, attempts: eb('attempts', '+', 1) }))
        .where('webhook_id', '=', taken.webhook_id)
        .where('id', '=', taken.id)
        .where('attempts', '=', taken.attempts)
        .returning('id'),
    ),
    /** A delivery that has come to its end. */
    endDelivery: prepared((end: Pick<Columns<DeliveryRow>, 'webhook_id' | 'id' | 'state'>) =>
      db
        .updateTable('delivery')
        .set({ state: end.state, due_at: null })
        .where('webhook_id', '=', end.webhook_id)
        .where('id', '=', end.id)
        .returning('id'),
    ),
    /** No row: somebody else has taken it up since. */
    endAttempt: prepared(
      (end: Pick<Columns<DeliveryRow>, 'webhook_id' | 'id' | 'state' | 'attempts' | 'due_at'>) =>
        db
          .updateTable('delivery')
          .set({ state: end.state, due_at: end.due_at })
          .where('webhook_id', '=', end.webhook_id)
          .where('id', '=', end.id)
          .where('attempts', '=', end.attempts)
          .where('state', '=', 'pending')
          .returning('id'),
    ),
    /** Those that waited for another attempt wait no longer. */
    hastenDeliveries: prepared(({ webhook_id, now }: { webhook_id: string; now: number }) =>
      db
        .updateTable('delivery')
        .set({ due_at: now })
        .where('webhook_id', '=', webhook_id)
        .where('due_at', '>', now),
    ),
    requeueDelivery: prepared((again: { webhook_id: string; id: string; now: number; until: number }) =>
      db
        .updateTable('delivery')
        .set({ state: 'pending', due_at: again.now, until_at: again.until })
        .where('webhook_id', '=', again.webhook_id)
        .where('id', '=', again.id)
        .returning('id'),
    ),
    insertAttempt: prepared((attempt: Columns<AttemptRow>) =>
      db
        .insertInto('attempt')
        .values({
          webhook_id: attempt.webhook_id,
          delivery_id: attempt.delivery_id,
          number: attempt.number,
          at: attempt.at,
          duration: attempt.duration,
          status: attempt.status,
          error: attempt.error,
          response: attempt.response,
        })
        .onConflict((conflict) => conflict.columns(['webhook_id', 'delivery_id', 'number']).doNothing()),
    ),
    oldDeliveries: prepared((old: { webhook_id: string; before: string; limit: number }) =>
      db
        .selectFrom('delivery')
        .select('id')
        .where('webhook_id', '=', old.webhook_id)
        .where('id', '<', old.before)
        .orderBy('id')
        .limit(old.limit),
    ),
    deleteDeliveries: prepared((old: { webhook_id: string; upTo: string }) =>
      db.deleteFrom('delivery').where('webhook_id', '=', old.webhook_id).where('id', '<=', old.upTo),
    ),
    deleteAttempts: prepared((old: { webhook_id: string; upTo: string }) =>
      db.deleteFrom('attempt').where('webhook_id', '=', old.webhook_id).where('delivery_id', '<=', old.upTo),
    ),
  };
}

/** No earlier event of the same call waits for the same webhook. What is of no call always is the first. */
export function isFirstOfCall(eb: ExpressionBuilder<Database, 'delivery'>) {
  return eb.not(
    eb.exists(
      eb
        .selectFrom('delivery as earlier')
        .select('earlier.id')
        .whereRef('earlier.webhook_id', '=', 'delivery.webhook_id')
        .whereRef('earlier.call_id', '=', 'delivery.call_id')
        // The literal lets the engines use the index.
        .where(sql<boolean>`earlier.state = 'pending'`)
        .whereRef('earlier.number', '<', 'delivery.number'),
    ),
  );
}
