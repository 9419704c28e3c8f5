import type { Template } from '../template.ts';

/**
 * 2600Hz Kazoo: a token for the account's API key, then quickcall of a user or a device. By POST, which tells when no
 * phone could be rung; by GET nobody would hear of it. Source: 2600hz/kazoo, applications/crossbar/doc/quickcall.md.
 */
export const kazoo: Template = {
  label: '2600Hz Kazoo (quickcall)',
  port: 8443,
  dial_as: 'first_only',
  settings: [
    {
      name: 'account_id',
      label: 'Account ID',
      help: "The Kazoo account's ID, 32 characters.",
      type: 'text',
      required: true,
      pattern: '[A-Za-z0-9]{1,64}',
    },
    {
      name: 'api_key',
      label: 'API key',
      help: "The account's API key.",
      type: 'text',
      required: true,
      secret: true,
    },
    {
      name: 'endpoints',
      label: 'Endpoints',
      help: 'Whether the setting users names users, all of whose phones ring, or single devices.',
      type: 'choice',
      choices: ['users', 'devices'],
      default: 'users',
    },
    {
      name: 'users',
      label: 'Users',
      help: "Each extension's Kazoo user or device ID: 101=id,102=id.",
      type: 'text',
      required: true,
      max: 65_536,
    },
    {
      name: 'auto_answer',
      label: 'Auto-answer',
      help: 'Makes the first phone pick up by itself, if it can. It opens the microphone of that phone.',
      type: 'boolean',
      default: false,
    },
    {
      name: 'konami',
      label: 'Konami Pro',
      help: 'Whether Konami Pro runs on this Kazoo, metaflows are on and each user has one phone: only then can a call be ended from here.',
      type: 'boolean',
      default: false,
    },
  ],
  login: {
    // Tokens hold for an hour unless the cluster says otherwise.
    lasts_seconds: 3_000,
    steps: [
      {
        method: 'PUT',
        path: '/v2/api_auth',
        body: { json: { data: { api_key: '{setting:api_key}' } } },
        success: { status: [200, 201], where: [{ json: '/auth_token' }] },
        said: [{ json: '/message' }, { json: '/data/message' }],
        take: { token: { json: '/auth_token' } },
      },
    ],
  },
  call: {
    method: 'POST',
    path: '/v2/accounts/{setting:account_id}/{setting:endpoints}/{map:users:first}/quickcall/{second}',
    headers: { 'X-Auth-Token': '{token}' },
    body: {
      json: {
        data: {
          timeout: '{timeout|number}',
          auto_answer: '{setting:auto_answer|boolean}',
          'cid-name': '{caller_id_name?}',
          custom_application_vars: { click2call_id: '{call_id}' },
        },
      },
    },
    success: { status: [200, 201, 202], where: [{ json: '/status', equals: 'success' }] },
    said: [{ json: '/message' }, { json: '/data/error_message' }, { json: '/data/message' }],
    refusals: [
      {
        status: [401],
        code: 'pbx_login_refused',
        remedy: 'Check api_key, and that it is the key of the account account_id.',
        login_again: true,
      },
      {
        status: [403],
        code: 'pbx_permission_denied',
        remedy: 'Check that the API key is that of the account account_id, or of one above it.',
      },
      {
        status: [404],
        code: 'dial_as_unknown',
        remedy: "Check account_id, and the first number's ID in the setting users.",
      },
      {
        where: [{ json: '/data/error_message', equals: 'DESTINATION_OUT_OF_ORDER' }],
        code: 'pbx_refused',
        remedy: 'No phone of the first number is registered: check it.',
      },
      {
        where: [{ json: '/data/error_message' }],
        code: 'pbx_refused',
        remedy:
          "The error is Kazoo's own word for why the phone could not be rung; look into its log at this time.",
      },
    ],
  },
  call_id: { json: '/data/endpoints/0/outbound_call_id' },
  // applications/crossbar/doc/channels.md. Without Konami Pro it is accepted, and nothing happens.
  cancel: {
    setting: 'konami',
    steps: [
      {
        method: 'PUT',
        path: '/v2/accounts/{setting:account_id}/channels/{pbx_call_id}',
        headers: { 'X-Auth-Token': '{token}' },
        body: { json: { action: 'metaflow', data: { data: { module: 'hangup' } } } },
        success: { status: [200, 201, 202], where: [{ json: '/status', equals: 'success' }] },
        said: [{ json: '/message' }, { json: '/data/message' }],
        refusals: [
          {
            status: [401],
            code: 'pbx_login_refused',
            remedy: 'Check api_key, and that it is the key of the account account_id.',
            login_again: true,
          },
        ],
      },
    ],
    absent: { status: [404] },
  },
};
