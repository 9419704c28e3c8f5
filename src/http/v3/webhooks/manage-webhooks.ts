import type {
  CHANGE_WEBHOOK,
  CREATE_WEBHOOK,
  LIST_WEBHOOKS,
  PAUSE_WEBHOOK,
  READ_WEBHOOK,
  REMOVE_WEBHOOK,
  RESUME_WEBHOOK,
  ROTATE_SECRET,
} from '../../../../contract/v3/webhooks.ts';
import type { NewWebhook, RotatedWebhook } from '../../../../contract/v3/webhook.ts';
import { rfc3339 } from '../../../kit/clock.ts';
import { notFound } from '../problem.ts';
import type { Handler } from '../route.ts';
import { presentWebhook } from '../../../webhooks/present-webhook.ts';
import { actorOf } from '../actor.ts';
import { found } from './webhook-of.ts';

export const listWebhooks: Handler<typeof LIST_WEBHOOKS> = async ({ principal }, { webhooks }) => {
  const items = (await webhooks.list(principal.tenantId)).map(presentWebhook);
  return { status: 200, body: { items, next: null } };
};

export const createWebhook: Handler<typeof CREATE_WEBHOOK> = async (ask, { webhooks }) => {
  const { url, types, label = '' } = ask.body;
  const input = { url, types: types ?? undefined, label };
  const adding = webhooks.add(ask.principal.tenantId, input, actorOf(ask.principal));
  const { webhook, secret } = await found('webhook', adding);
  const body: NewWebhook = { ...presentWebhook(webhook), secret };
  return { status: 201, headers: { location: `/v3/webhooks/${webhook.id}` }, body };
};

export const readWebhook: Handler<typeof READ_WEBHOOK> = async (ask, { webhooks }) => {
  const webhook = await found('webhook', webhooks.get(ask.principal.tenantId, ask.param('id')));
  return { status: 200, body: presentWebhook(webhook) };
};

export const changeWebhook: Handler<typeof CHANGE_WEBHOOK> = async (ask, { webhooks }) => {
  const { url, types, label } = ask.body;
  const change = {
    ...(url !== undefined && { url }),
    ...(types !== undefined && { types: types ?? undefined }),
    ...(label !== undefined && { label }),
  };
  const changing = webhooks.change(ask.principal.tenantId, ask.param('id'), change, actorOf(ask.principal));
  return { status: 200, body: presentWebhook(await found('webhook', changing)) };
};

export const removeWebhook: Handler<typeof REMOVE_WEBHOOK> = async (ask, { webhooks }) => {
  if (!(await webhooks.remove(ask.principal.tenantId, ask.param('id'), actorOf(ask.principal))))
    throw notFound('webhook');
  return { status: 204 };
};

export const rotateSecret: Handler<typeof ROTATE_SECRET> = async (ask, { webhooks }) => {
  const rotating = webhooks.rotate(ask.principal.tenantId, ask.param('id'), actorOf(ask.principal));
  const { webhook, secret, previousUntilMicros } = await found('webhook', rotating);
  const body: RotatedWebhook = {
    ...presentWebhook(webhook),
    secret,
    previous_secret_until: rfc3339(previousUntilMicros),
  };
  return { status: 200, body };
};

export const pauseWebhook: Handler<typeof PAUSE_WEBHOOK> = async (ask, { webhooks }) => {
  const pausing = webhooks.pause(ask.principal.tenantId, ask.param('id'), actorOf(ask.principal));
  return { status: 200, body: presentWebhook(await found('webhook', pausing)) };
};

export const resumeWebhook: Handler<typeof RESUME_WEBHOOK> = async (ask, { webhooks, deliverer }) => {
  const { tenantId } = ask.principal;
  const webhook = await found('webhook', webhooks.resume(tenantId, ask.param('id'), actorOf(ask.principal)));
  deliverer.wake(tenantId);
  return { status: 200, body: presentWebhook(webhook) };
};
