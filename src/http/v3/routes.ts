import {
  CREATE_CALL,
  EXPLAIN_CALL,
  HANG_UP_CALL,
  LIST_CALLS,
  READ_CALL,
  READ_JOURNAL,
} from '../../../contract/v3/calls.ts';
import { STREAM_CALL_EVENTS, STREAM_EVENTS } from '../../../contract/v3/events.ts';
import { READ_ME } from '../../../contract/v3/me.ts';
import {
  CHANGE_WEBHOOK,
  CREATE_WEBHOOK,
  LIST_DELIVERIES,
  LIST_WEBHOOKS,
  PAUSE_WEBHOOK,
  READ_DELIVERY,
  READ_WEBHOOK,
  REMOVE_WEBHOOK,
  RESEND_DELIVERY,
  RESUME_WEBHOOK,
  ROTATE_SECRET,
  TEST_WEBHOOK,
} from '../../../contract/v3/webhooks.ts';
import { createCall } from './calls/create-call.ts';
import { explainCall } from './calls/explain-call.ts';
import { hangUpCall } from './calls/hang-up-call.ts';
import { listCalls } from './calls/list-calls.ts';
import { readCall } from './calls/read-call.ts';
import { readJournal } from './calls/read-journal.ts';
import { streamCallEvents } from './events/stream-call-events.ts';
import { streamEvents } from './events/stream-events.ts';
import { readMe } from './me/read-me.ts';
import { route, type Route } from './route.ts';
import { listDeliveries, readDelivery, resendDelivery, testWebhook } from './webhooks/manage-deliveries.ts';
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  pauseWebhook,
  readWebhook,
  removeWebhook,
  resumeWebhook,
  rotateSecret,
} from './webhooks/manage-webhooks.ts';

/**
 * All of `/v3`: what is asked for, where, what a key needs for it, and who answers. A new row is an operation in
 * `contract/v3/`, a handler in a folder here, and a line; its key, query and body are checked before the handler is asked.
 */
// oxfmt-ignore
export const ROUTES: readonly Route[] = [
  route('POST',   '/v3/calls',              'calls:create', CREATE_CALL,  createCall),
  route('POST',   '/v3/calls/explain',      'calls:create', EXPLAIN_CALL, explainCall),
  route('GET',    '/v3/calls',              'calls:read',   LIST_CALLS,   listCalls),
  route('GET',    '/v3/calls/{id}',         'calls:read',   READ_CALL,    readCall),
  route('GET',    '/v3/calls/{id}/journal', 'calls:read',   READ_JOURNAL, readJournal),
  route('DELETE', '/v3/calls/{id}',         'calls:end',    HANG_UP_CALL, hangUpCall),
  route('GET',    '/v3/calls/{id}/events',  'calls:read',   STREAM_CALL_EVENTS, streamCallEvents),
  route('GET',    '/v3/events',             'calls:read',   STREAM_EVENTS, streamEvents),

  route('GET',    '/v3/webhooks',                                   'webhooks:manage', LIST_WEBHOOKS,   listWebhooks),
  route('POST',   '/v3/webhooks',                                   'webhooks:manage', CREATE_WEBHOOK,  createWebhook),
  route('GET',    '/v3/webhooks/{id}',                              'webhooks:manage', READ_WEBHOOK,    readWebhook),
  route('PATCH',  '/v3/webhooks/{id}',                              'webhooks:manage', CHANGE_WEBHOOK,  changeWebhook),
  route('DELETE', '/v3/webhooks/{id}',                              'webhooks:manage', REMOVE_WEBHOOK,  removeWebhook),
  route('POST',   '/v3/webhooks/{id}/rotate_secret',                'webhooks:manage', ROTATE_SECRET,   rotateSecret),
  route('POST',   '/v3/webhooks/{id}/pause',                        'webhooks:manage', PAUSE_WEBHOOK,   pauseWebhook),
  route('POST',   '/v3/webhooks/{id}/resume',                       'webhooks:manage', RESUME_WEBHOOK,  resumeWebhook),
  route('POST',   '/v3/webhooks/{id}/test',                         'webhooks:manage', TEST_WEBHOOK,    testWebhook),
  route('GET',    '/v3/webhooks/{id}/deliveries',                   'webhooks:manage', LIST_DELIVERIES, listDeliveries),
  route('GET',    '/v3/webhooks/{id}/deliveries/{delivery}',        'webhooks:manage', READ_DELIVERY,   readDelivery),
  route('POST',   '/v3/webhooks/{id}/deliveries/{delivery}/resend', 'webhooks:manage', RESEND_DELIVERY, resendDelivery),

  route('GET',    '/v3/me',                 'any key',      READ_ME,      readMe),
];
