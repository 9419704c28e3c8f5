import type {
  LIST_DELIVERIES,
  READ_DELIVERY,
  RESEND_DELIVERY,
  TEST_WEBHOOK,
} from '../../../../contract/v3/webhooks.ts';
import { pageOf, placeOf } from '../page.ts';
import type { Handler } from '../route.ts';
import { presentDelivery } from '../../../webhooks/present-webhook.ts';
import { found } from './webhook-of.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const testWebhook: Handler<typeof TEST_WEBHOOK> = async (ask, { webhooks, deliverer }) => {
  const { tenantId } = ask.principal;
  const delivery = await found('webhook', webhooks.test(tenantId, ask.param('id')));
  deliverer.wake(tenantId);
  const location = `/v3/webhooks/${delivery.webhookId}/deliveries/${delivery.id}`;
  return { status: 202, headers: { location }, body: presentDelivery(delivery) };
};

export const listDeliveries: Handler<typeof LIST_DELIVERIES> = async (ask, { webhooks }) => {
  const { limit = 50, cursor } = ask.query;
  const before = placeOf(cursor, ID);
  const reading = webhooks.deliveries(ask.principal.tenantId, ask.param('id'), before, limit + 1);
  const read = await found('webhook', reading);
  return { status: 200, body: pageOf(read, limit, { present: presentDelivery, place: ({ id }) => id }) };
};

export const readDelivery: Handler<typeof READ_DELIVERY> = async (ask, { webhooks }) => {
  const reading = webhooks.delivery(ask.principal.tenantId, ask.param('id'), ask.param('delivery'));
  return { status: 200, body: presentDelivery(await found('delivery', reading)) };
};

export const resendDelivery: Handler<typeof RESEND_DELIVERY> = async (ask, { webhooks, deliverer }) => {
  const { tenantId } = ask.principal;
  const queueing = webhooks.resend(tenantId, ask.param('id'), ask.param('delivery'));
  const delivery = await found('delivery', queueing);
  deliverer.wake(tenantId);
  return { status: 202, body: presentDelivery(delivery) };
};
