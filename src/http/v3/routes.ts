import {
  CREATE_CALL,
  EXPLAIN_CALL,
  EXPORT_CALLS,
  HANG_UP_CALL,
  LIST_CALLS,
  READ_CALL,
  READ_JOURNAL,
} from '../../../contract/v3/calls.ts';
import { LIST_DRIVERS, READ_DRIVER } from '../../../contract/v3/drivers.ts';
import {
  LIST_KEYS,
  MAKE_KEY,
  READ_KEY,
  REVOKE_KEY,
  ROTATE_KEY,
  UNFREEZE_KEY,
} from '../../../contract/v3/keys.ts';
import { LIST_LINKS, MAKE_LINK, READ_LINK, REVOKE_LINK } from '../../../contract/v3/links.ts';
import { LIST_AUDIT } from '../../../contract/v3/audit.ts';
import { READ_INSTALLATION } from '../../../contract/v3/installation.ts';
import {
  CHANGE_MEMBER,
  INVITE,
  LIST_INVITATIONS,
  LIST_MEMBERS,
  REMOVE_MEMBER,
  TAKE_BACK_INVITATION,
} from '../../../contract/v3/members.ts';
import {
  ASK_FOR_RESET,
  ASK_TO_CONFIRM,
  CONFIRM_EMAIL,
  RESET_PASSWORD,
} from '../../../contract/v3/recovery.ts';
import { END_SESSION, LIST_SESSIONS, LOG_IN, SWITCH_ACCOUNT } from '../../../contract/v3/sessions.ts';
import { SIGN_UP } from '../../../contract/v3/sign-up.ts';
import { CHANGE_ME, READ_ME } from '../../../contract/v3/me.ts';
import { READ_POLICY, SET_POLICY } from '../../../contract/v3/policy.ts';
import {
  ADD_PBX,
  CHANGE_PBX,
  EXAMINE_PBX,
  LIST_PBXS,
  READ_CAPABILITIES,
  READ_PBX,
  REMOVE_PBX,
} from '../../../contract/v3/pbxs.ts';
import { READ_USAGE } from '../../../contract/v3/usage.ts';
import { STREAM_CALL_EVENTS, STREAM_EVENTS } from '../../../contract/v3/events.ts';
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
import { exportCalls } from './calls/export-calls.ts';
import { hangUpCall } from './calls/hang-up-call.ts';
import { listCalls } from './calls/list-calls.ts';
import { readCall } from './calls/read-call.ts';
import { readJournal } from './calls/read-journal.ts';
import { listDrivers } from './drivers/list-drivers.ts';
import { readDriver } from './drivers/read-driver.ts';
import { listKeys } from './keys/list-keys.ts';
import { makeKey } from './keys/make-key.ts';
import { readKey } from './keys/read-key.ts';
import { revokeKey } from './keys/revoke-key.ts';
import { rotateKey } from './keys/rotate-key.ts';
import { unfreezeKey } from './keys/unfreeze-key.ts';
import { streamCallEvents } from './events/stream-call-events.ts';
import { streamEvents } from './events/stream-events.ts';
import { listAudit } from './audit/list-audit.ts';
import { readInstallation } from './installation/read-installation.ts';
import { changeMe } from './me/change-me.ts';
import { listLinks, makeLink, readLink, revokeLink } from './links/manage-links.ts';
import {
  changeMember,
  invite,
  listInvitations,
  listMembers,
  removeMember,
  takeBackInvitation,
} from './people/members.ts';
import { askForReset, askToConfirm, confirmEmail, resetPassword } from './people/recovery.ts';
import { endSession, listSessions, logIn, switchAccount } from './people/sessions.ts';
import { signUp } from './people/sign-up.ts';
import { readMe } from './me/read-me.ts';
import { readUsage } from './usage/read-usage.ts';
import { addPbx } from './pbxs/add-pbx.ts';
import { changePbx } from './pbxs/change-pbx.ts';
import { examinePbx } from './pbxs/examine-pbx.ts';
import { listPbxs } from './pbxs/list-pbxs.ts';
import { readCapabilities } from './pbxs/read-capabilities.ts';
import { readPbx } from './pbxs/read-pbx.ts';
import { removePbx } from './pbxs/remove-pbx.ts';
import { readPolicy, setPolicy } from './policy/manage-policy.ts';
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
  route('POST',   '/v3/calls',                                      'calls:create',    CREATE_CALL,        createCall),
  route('POST',   '/v3/calls/explain',                              'calls:create',    EXPLAIN_CALL,       explainCall),
  route('GET',    '/v3/calls',                                      'calls:read',      LIST_CALLS,         listCalls),
  route('GET',    '/v3/calls.csv',                                  'calls:read',      EXPORT_CALLS,       exportCalls),
  route('GET',    '/v3/calls/{id}',                                 'calls:read',      READ_CALL,          readCall),
  route('GET',    '/v3/calls/{id}/journal',                         'calls:read',      READ_JOURNAL,       readJournal),
  route('DELETE', '/v3/calls/{id}',                                 'calls:end',       HANG_UP_CALL,       hangUpCall),
  route('GET',    '/v3/calls/{id}/events',                          'calls:read',      STREAM_CALL_EVENTS, streamCallEvents),
  route('GET',    '/v3/events',                                     'calls:read',      STREAM_EVENTS,      streamEvents),
  route('GET',    '/v3/usage',                                      'calls:read',      READ_USAGE,         readUsage),

  route('GET',    '/v3/webhooks',                                   'webhooks:manage', LIST_WEBHOOKS,      listWebhooks),
  route('POST',   '/v3/webhooks',                                   'webhooks:manage', CREATE_WEBHOOK,     createWebhook),
  route('GET',    '/v3/webhooks/{id}',                              'webhooks:manage', READ_WEBHOOK,       readWebhook),
  route('PATCH',  '/v3/webhooks/{id}',                              'webhooks:manage', CHANGE_WEBHOOK,     changeWebhook),
  route('DELETE', '/v3/webhooks/{id}',                              'webhooks:manage', REMOVE_WEBHOOK,     removeWebhook),
  route('POST',   '/v3/webhooks/{id}/rotate_secret',                'webhooks:manage', ROTATE_SECRET,      rotateSecret),
  route('POST',   '/v3/webhooks/{id}/pause',                        'webhooks:manage', PAUSE_WEBHOOK,      pauseWebhook),
  route('POST',   '/v3/webhooks/{id}/resume',                       'webhooks:manage', RESUME_WEBHOOK,     resumeWebhook),
  route('POST',   '/v3/webhooks/{id}/test',                         'webhooks:manage', TEST_WEBHOOK,       testWebhook),
  route('GET',    '/v3/webhooks/{id}/deliveries',                   'webhooks:manage', LIST_DELIVERIES,    listDeliveries),
  route('GET',    '/v3/webhooks/{id}/deliveries/{delivery}',        'webhooks:manage', READ_DELIVERY,      readDelivery),
  route('POST',   '/v3/webhooks/{id}/deliveries/{delivery}/resend', 'webhooks:manage', RESEND_DELIVERY,    resendDelivery),

  route('GET',    '/v3/pbxs',                                       'pbxs:read',       LIST_PBXS,          listPbxs),
  route('POST',   '/v3/pbxs',                                       'pbxs:manage',     ADD_PBX,            addPbx),
  route('GET',    '/v3/pbxs/{id}',                                  'pbxs:read',       READ_PBX,           readPbx),
  route('PATCH',  '/v3/pbxs/{id}',                                  'pbxs:manage',     CHANGE_PBX,         changePbx),
  route('DELETE', '/v3/pbxs/{id}',                                  'pbxs:manage',     REMOVE_PBX,         removePbx),
  route('POST',   '/v3/pbxs/{id}/examine',                          'pbxs:manage',     EXAMINE_PBX,        examinePbx),
  route('GET',    '/v3/pbxs/{id}/capabilities',                     'pbxs:read',       READ_CAPABILITIES,  readCapabilities),
  route('GET',    '/v3/drivers',                                    'any key',         LIST_DRIVERS,       listDrivers),
  route('GET',    '/v3/drivers/{id}',                               'any key',         READ_DRIVER,        readDriver),

  route('GET',    '/v3/policy',                                     'policy:read',     READ_POLICY,        readPolicy),
  route('PUT',    '/v3/policy',                                     'policy:manage',   SET_POLICY,         setPolicy),

  route('GET',    '/v3/keys',                                       'keys:manage',     LIST_KEYS,          listKeys),
  route('POST',   '/v3/keys',                                       'keys:manage',     MAKE_KEY,           makeKey),
  route('GET',    '/v3/keys/{id}',                                  'keys:manage',     READ_KEY,           readKey),
  route('POST',   '/v3/keys/{id}/rotate',                           'keys:manage',     ROTATE_KEY,         rotateKey),
  route('POST',   '/v3/keys/{id}/unfreeze',                         'keys:manage',     UNFREEZE_KEY,       unfreezeKey),
  route('DELETE', '/v3/keys/{id}',                                  'keys:manage',     REVOKE_KEY,         revokeKey),
  route('GET',    '/v3/links',                                      'links:manage',    LIST_LINKS,         listLinks),
  route('POST',   '/v3/links',                                      'links:manage',    MAKE_LINK,          makeLink),
  route('GET',    '/v3/links/{id}',                                 'links:manage',    READ_LINK,          readLink),
  route('DELETE', '/v3/links/{id}',                                 'links:manage',    REVOKE_LINK,        revokeLink),
  route('GET',    '/v3/me',                                         'any key',         READ_ME,            readMe),
  route('PATCH',  '/v3/me',                                         'a session',       CHANGE_ME,          changeMe),

  route('POST',   '/v3/signup',                                     'nothing',         SIGN_UP,            signUp),
  route('POST',   '/v3/sessions',                                   'nothing',         LOG_IN,             logIn),
  route('GET',    '/v3/sessions',                                   'a session',       LIST_SESSIONS,      listSessions),
  route('PATCH',  '/v3/sessions/current',                           'a session',       SWITCH_ACCOUNT,     switchAccount),
  route('DELETE', '/v3/sessions/{id}',                              'a session',       END_SESSION,        endSession),
  route('POST',   '/v3/password_resets',                            'nothing',         ASK_FOR_RESET,      askForReset),
  route('PUT',    '/v3/password_resets/{token}',                    'nothing',         RESET_PASSWORD,     resetPassword),
  route('POST',   '/v3/email_confirmations',                        'a session',       ASK_TO_CONFIRM,     askToConfirm),
  route('PUT',    '/v3/email_confirmations/{token}',                'nothing',         CONFIRM_EMAIL,      confirmEmail),
  route('GET',    '/v3/members',                                    'members:manage',  LIST_MEMBERS,       listMembers),
  route('PATCH',  '/v3/members/{id}',                               'members:manage',  CHANGE_MEMBER,      changeMember),
  route('DELETE', '/v3/members/{id}',                               'members:manage',  REMOVE_MEMBER,      removeMember),
  route('GET',    '/v3/invitations',                                'members:manage',  LIST_INVITATIONS,   listInvitations),
  route('POST',   '/v3/invitations',                                'members:manage',  INVITE,             invite),
  route('DELETE', '/v3/invitations/{id}',                           'members:manage',  TAKE_BACK_INVITATION, takeBackInvitation),
  route('GET',    '/v3/audit',                                      'audit:read',      LIST_AUDIT,         listAudit),
  route('GET',    '/v3/config',                                     'nothing',         READ_INSTALLATION,  readInstallation),
];
