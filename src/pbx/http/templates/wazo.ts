import type { Refusal, Template } from '../template.ts';

const byId = {
  path: '/api/calld/1.0/calls/{pbx_call_id}',
  headers: { 'X-Auth-Token': '{token}' },
  said: [{ json: '/message' }, { json: '/reason' }],
};
const gone = { status: [404], where: [{ json: '/error_id', equals: 'no-such-call' }] };

function tokenLapsed(access: string): Refusal {
  return {
    status: [401],
    code: 'pbx_login_refused',
    remedy: `Give the user of the setting username the access ${access}.`,
    login_again: true,
  };
}

/**
 * Wazo Platform: wazo-auth's token, then wazo-calld's `/calls`. A call is known by its first channel, which is in a bridge
 * while both talk. Source: wazo-platform/wazo-auth (plugins/http/tokens/api.yml), wazo-platform/wazo-calld
 * (plugins/calls/api.yml, schemas.py, services.py, exceptions.py).
 */
export const wazo: Template = {
  label: 'Wazo Platform',
  port: 443,
  dial_as: 'passed',
  checks_second: true,
  settings: [
    {
      name: 'username',
      label: 'Username',
      help: 'A wazo-auth user whose policy has the accesses calld.calls.create, calld.calls.*.read and calld.calls.*.delete.',
      type: 'text',
      required: true,
    },
    {
      name: 'password',
      label: 'Password',
      help: 'Its password.',
      type: 'text',
      required: true,
      secret: true,
    },
    {
      name: 'users',
      label: 'Users',
      help: "Each extension's Wazo user: 101=uuid,102=uuid.",
      type: 'text',
      required: true,
      max: 65_536,
    },
    {
      name: 'contexts',
      label: 'Contexts',
      help: 'The dialplan context of each extension that may be dialled as, and * for calls without dial_as: *=internal,201=longdistance.',
      type: 'text',
      required: true,
      max: 65_536,
    },
  ],
  login: {
    lasts_seconds: 3_600,
    steps: [
      {
        method: 'POST',
        path: '/api/auth/0.1/token',
        auth: { type: 'basic', username: '{setting:username}', password: '{setting:password}' },
        body: { json: { expiration: 3_600 } },
        success: { status: [200], where: [{ json: '/data/token' }] },
        said: [{ json: '/reason' }, { json: '/message' }],
        take: { token: { json: '/data/token' } },
      },
    ],
  },
  call: {
    method: 'POST',
    path: '/api/calld/1.0/calls',
    headers: { 'X-Auth-Token': '{token}' },
    body: {
      json: {
        source: { user: '{map:users:first}' },
        destination: { extension: '{second}', context: '{map:contexts:dial_as}', priority: 1 },
        variables: { CLICK2CALL_ID: '{call_id}' },
      },
    },
    success: { status: [201], where: [{ json: '/call_id' }] },
    said: [{ json: '/message' }, { json: '/reason' }],
    refusals: [
      {
        status: [401],
        code: 'pbx_login_refused',
        remedy: 'Give the user of the setting username the access calld.calls.create.',
        login_again: true,
      },
      {
        where: [{ json: '/error_id', equals: 'invalid-extension' }],
        code: 'extension_unknown',
        remedy:
          'The dialplan context knows no such number: dial another, or give a dial_as whose context may call it.',
      },
      {
        where: [{ json: '/error_id', equals: 'invalid-user' }],
        code: 'dial_as_unknown',
        remedy: 'Check the UUID of the first number in the setting users.',
      },
      {
        where: [{ json: '/error_id', equals: 'call-origin-unavailable' }],
        code: 'pbx_refused',
        remedy: 'The phone of the first number is not registered: check it.',
      },
      {
        where: [{ json: '/error_id', equals: 'wazo-calld-uninitialized' }],
        code: 'pbx_refused',
        remedy: 'Wazo is starting: try again in a moment.',
      },
    ],
  },
  call_id: { json: '/call_id' },
  status: {
    step: {
      ...byId,
      method: 'GET',
      success: { status: [200], where: [{ json: '/call_id' }] },
      refusals: [tokenLapsed('calld.calls.*.read')],
    },
    absent: gone,
    states: [
      { where: [{ json: '/bridges' }], means: 'connected' },
      { where: [{ json: '/status', equals: 'Up' }], means: 'answered' },
      { where: [{ json: '/status', equals: 'Ringing' }], means: 'ringing' },
    ],
  },
  cancel: {
    steps: [
      {
        ...byId,
        method: 'DELETE',
        success: { status: [204] },
        refusals: [tokenLapsed('calld.calls.*.delete')],
      },
    ],
    absent: gone,
  },
};
