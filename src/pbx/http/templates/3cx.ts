import type { Template } from '../template.ts';

/**
 * 3CX V20, Call Control API: a token of the OAuth kind, then `makecall` of the extension. Source: 3CX's
 * call-control-examples (server/src/services/ExternalApi.service.ts) and its page "Call Control API endpoints".
 */
export const threeCx: Template = {
  label: '3CX V20 (Call Control API)',
  port: 443,
  dial_as: 'first_only',
  settings: [
    {
      name: 'client_id',
      label: 'Client ID',
      help: 'The client ID of the API integration, which 3CX chose or you gave it.',
      type: 'text',
      required: true,
    },
    {
      name: 'client_secret',
      label: 'Client secret',
      help: 'The API key that 3CX showed once.',
      type: 'text',
      required: true,
      secret: true,
    },
  ],
  login: {
    // expires_in goes before it.
    lasts_seconds: 300,
    lasts: { json: '/expires_in' },
    steps: [
      {
        method: 'POST',
        path: '/connect/token',
        body: {
          form: {
            client_id: '{setting:client_id}',
            client_secret: '{setting:client_secret}',
            grant_type: 'client_credentials',
          },
        },
        success: { status: [200], where: [{ json: '/access_token' }] },
        said: [{ json: '/error' }, { json: '/error_description' }],
        take: { token: { json: '/access_token' } },
      },
    ],
  },
  call: {
    method: 'POST',
    path: '/callcontrol/{first}/makecall',
    auth: { type: 'bearer', token: '{token}' },
    body: { json: { destination: '{second}' } },
    success: { status: [200, 201, 202], where: [{ json: '/result/id' }] },
    said: [{ json: '/finalstatus' }, { json: '/reason' }, { json: '/reasontext' }],
    refusals: [
      {
        status: [401],
        code: 'pbx_login_refused',
        remedy: 'Check client_id and client_secret, and that the Call Control API is on for this client.',
        login_again: true,
      },
      {
        status: [403],
        code: 'pbx_permission_denied',
        remedy:
          'Select the extension of the first number for this client, under Integrations > API in the 3CX admin console.',
      },
      {
        status: [404],
        code: 'dial_as_unknown',
        remedy: 'Check that the first number is an extension of this 3CX.',
      },
    ],
  },
  // The participant, which is what can be dropped; callid is the call that it is part of.
  call_id: { json: '/result/id' },
  cancel: {
    steps: [
      {
        method: 'POST',
        path: '/callcontrol/{first}/participants/{pbx_call_id}/drop',
        auth: { type: 'bearer', token: '{token}' },
        body: { json: {} },
        success: { status: [200, 202, 204] },
        said: [{ json: '/finalstatus' }, { json: '/reason' }, { json: '/reasontext' }],
        refusals: [
          {
            status: [401],
            code: 'pbx_login_refused',
            remedy: 'Check client_id and client_secret, and that the Call Control API is on for this client.',
            login_again: true,
          },
        ],
      },
    ],
    absent: { status: [404] },
  },
  check: {
    method: 'GET',
    path: '/callcontrol/{first}',
    auth: { type: 'bearer', token: '{token}' },
    success: { status: [200], where: [{ json: '/dn' }] },
    refusals: [
      {
        status: [403, 404],
        code: 'pbx_permission_denied',
        remedy: 'Select this extension for the client, under Integrations > API in the 3CX admin console.',
      },
    ],
  },
};
