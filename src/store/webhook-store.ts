import type { Act } from '../audit/act.ts';
import { SealOutdated } from '../directory/ports.ts';
import type { WebhookStore } from '../webhooks/ports.ts';
import { actValues } from './audit-rows.ts';
import { recordedOf } from './event-store.ts';
import type { GenerationCache } from './generation-cache.ts';
import type { GroupWriter } from './group-writer.ts';
import { OUTDATED_SEAL } from './op.ts';
import type { Op } from './op.ts';
import type { WebhookRow } from './schema.ts';
import type { ClaimedRows } from './run-webhook-op.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { fromText, toText } from './text.ts';
import {
  attemptOf,
  deliveryOf,
  deliveryRow,
  settleValues,
  typesText,
  webhookOf,
  webhookRow,
} from './webhook-rows.ts';

/** Behind every id. */
const NO_ID = 'g';

export function createWebhookStore(
  read: Reader,
  statements: ReadStatements,
  writer: GroupWriter,
  cache: GenerationCache,
): WebhookStore {
  const submitSealed = async (op: Op) => {
    const value = await writer.submit(op);
    if (value === OUTDATED_SEAL) throw new SealOutdated('Another master key is in use.');
    return value === true;
  };
  const turn = async (
    tenant_id: string,
    id: string,
    state: WebhookRow['state'],
    reason: string,
    act: Act,
  ): Promise<boolean> => {
    const turned = { id: toText(id), tenant_id, state, reason: toText(reason) };
    return (await writer.submit(['turnWebhook', turned, actValues(act)])) === true;
  };
  return {
    ...queueOf(read, statements, writer),
    async add(webhook, act) {
      await submitSealed(['addWebhook', webhookRow(webhook), actValues(act)]);
    },
    async webhooksOf(tenantId) {
      return (await read(statements.webhooksOf({ tenantId }))).map(webhookOf);
    },
    async webhook(tenantId, id) {
      const [row] = await read(statements.webhookById({ tenantId, id: toText(id) }));
      return row === undefined ? undefined : webhookOf(row);
    },
    async change(tenant_id, id, { url, types, label }, act) {
      const change = { url: toText(url), types: typesText(types), label: toText(label) };
      const op = ['changeWebhook', { id: toText(id), tenant_id, ...change }, actValues(act)] as const;
      return (await writer.submit(op)) === true;
    },
    rotate: (tenant_id, id, sealed, act) =>
      submitSealed(['rotateWebhook', { id: toText(id), tenant_id, sealed }, actValues(act)]),
    pause: (tenantId, id, reason, act) => turn(tenantId, id, 'paused', reason, act),
    async resume(tenantId, id, now, act) {
      return (await writer.submit(['resumeWebhook', tenantId, toText(id), now, actValues(act)])) === true;
    },
    remove: (tenantId, id, act) => turn(tenantId, id, 'removed', '', act),
    async pauseFailing(id, since, reason, act) {
      await writer.submit(['pauseFailing', id, since, toText(reason), actValues(act)]);
    },
    tenants() {
      return cache.get('tenants with webhooks', async () => {
        const rows = await read(statements.tenantsWithWebhooks({}));
        return new Set(rows.map((row) => row.tenant_id));
      });
    },
  };
}

function queueOf(
  read: Reader,
  statements: ReadStatements,
  writer: GroupWriter,
): Omit<
  WebhookStore,
  | 'add'
  | 'webhooksOf'
  | 'webhook'
  | 'change'
  | 'rotate'
  | 'pause'
  | 'resume'
  | 'remove'
  | 'pauseFailing'
  | 'tenants'
> {
  return {
    due(now, { webhookId, tenantId }) {
      if (webhookId !== undefined) return read(statements.dueWebhook({ now, id: webhookId }));
      if (tenantId !== undefined) return read(statements.dueWebhooksOf({ now, tenantId }));
      return read(statements.dueWebhooks({ now }));
    },
    async claim(webhookId, now, lease, limit) {
      const claimed = await writer.submit(['claim', webhookId, now, lease, limit]);
      if (typeof claimed !== 'string') return undefined;
      const { tenant_id, url, sealed, failures, deliveries } = JSON.parse(claimed) as ClaimedRows;
      return {
        tenantId: tenant_id,
        url: fromText(url),
        sealed,
        failures,
        deliveries: deliveries.map(deliveryOf),
      };
    },
    async eventOf({ callId, seq }) {
      if (callId === undefined || seq === undefined) return undefined;
      const [row] = await read(statements.eventAt({ callId, seq }));
      return row === undefined ? undefined : recordedOf(row);
    },
    async settle(settlement) {
      const failingSince = await writer.submit(['settle', settleValues(settlement)]);
      return typeof failingSince === 'number' ? failingSince : undefined;
    },
    async release({ webhookId, id, attempts }, now) {
      await writer.submit(['release', webhookId, id, attempts, now]);
    },
    async queueTest(delivery) {
      await writer.submit(['queueTest', deliveryRow(delivery)]);
    },
    async requeue(webhookId, id, now, until) {
      return (await writer.submit(['requeue', webhookId, toText(id), now, until])) === true;
    },
    async deliveries(webhookId, before = NO_ID, limit) {
      const page = { webhookId, before: toText(before), limit };
      return (await read(statements.deliveries(page))).map(deliveryOf);
    },
    async delivery(webhookId, id) {
      const [row] = await read(statements.deliveryById({ webhookId, id: toText(id) }));
      return row === undefined ? undefined : deliveryOf(row);
    },
    async attempts(webhookId, fromId, toId) {
      return (await read(statements.attempts({ webhookId, fromId, toId }))).map(attemptOf);
    },
    async prunable() {
      const rows = await read(statements.allWebhooks({}));
      return rows.map(({ id, state }) => ({ id, isRemoved: state === 'removed' }));
    },
    async prune(webhookId, beforeId, limit) {
      return Number(await writer.submit(['pruneDeliveries', webhookId, beforeId, limit]));
    },
    async forget(webhookId) {
      await writer.submit(['forgetWebhook', webhookId]);
    },
  };
}
