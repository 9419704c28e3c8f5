import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { prepared } from '../statement.ts';
import { isFirstOfCall } from './webhook-writes.ts';

export function webhookReads(db: Kysely<Database>) {
  const due = (now: number) =>
    db
      .selectFrom('webhook')
      .select(['webhook.id', 'webhook.failures'])
      .where('webhook.state', '=', 'active')
      .where('webhook.retry_at', '<=', now)
      .where((eb) => hasDue(eb, now));
  return {
    webhooksOf: prepared(({ tenantId }: { tenantId: string }) =>
      db
        .selectFrom('webhook')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('state', '!=', 'removed')
        .orderBy('created_at')
        .orderBy('id'),
    ),
    webhookById: prepared(({ tenantId, id }: { tenantId: string; id: string }) =>
      db
        .selectFrom('webhook')
        .selectAll()
        .where('id', '=', id)
        .where('tenant_id', '=', tenantId)
        .where('state', '!=', 'removed'),
    ),
    tenantsWithWebhooks: prepared(() =>
      db.selectFrom('webhook').select('tenant_id').distinct().where('state', '=', 'active'),
    ),
    dueWebhooks: prepared(({ now }: { now: number }) => due(now)),
    dueWebhooksOf: prepared(({ now, tenantId }: { now: number; tenantId: string }) =>
      due(now).where('webhook.tenant_id', '=', tenantId),
    ),
    dueWebhook: prepared(({ now, id }: { now: number; id: string }) => due(now).where('webhook.id', '=', id)),
    deliveries: prepared((page: { webhookId: string; before: string; limit: number }) =>
      db
        .selectFrom('delivery')
        .selectAll()
        .where('webhook_id', '=', page.webhookId)
        .where('id', '<', page.before)
        .orderBy('id', 'desc')
        .limit(page.limit),
    ),
    deliveryById: prepared(({ webhookId, id }: { webhookId: string; id: string }) =>
      db.selectFrom('delivery').selectAll().where('webhook_id', '=', webhookId).where('id', '=', id),
    ),
    attempts: prepared((range: { webhookId: string; fromId: string; toId: string }) =>
      db
        .selectFrom('attempt')
        .selectAll()
        .where('webhook_id', '=', range.webhookId)
        .where('delivery_id', '>=', range.fromId)
        .where('delivery_id', '<=', range.toId)
        .orderBy('delivery_id')
        .orderBy('number'),
    ),
    allWebhooks: prepared(() => db.selectFrom('webhook').select(['id', 'state'])),
  };
}

function hasDue(eb: ExpressionBuilder<Database, 'webhook'>, now: number) {
  return eb.exists(
    eb
      .selectFrom('delivery')
      .select('delivery.id')
      .whereRef('delivery.webhook_id', '=', 'webhook.id')
      .where('delivery.due_at', '<=', now)
      .where(isFirstOfCall),
  );
}
