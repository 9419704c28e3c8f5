import type { Step, Template } from '../template.ts';

function call(to: Readonly<Record<string, string>>): Step {
  return {
    method: 'POST',
    path: '{path:base_path}/Accounts/{setting:account_sid}/Calls',
    auth: { type: 'bearer', token: '{setting:api_key}' },
    body: {
      json: {
        application_sid: '{setting:application_sid}',
        from: '{setting:from}',
        to,
        timeout: '{timeout|number}',
        tag: { dial_second: '{second}', click2call_id: '{call_id}' },
      },
    },
    success: { status: [201], where: [{ json: '/sid' }] },
    said: [{ json: '/msg' }],
    refusals: [
      {
        status: [401],
        code: 'pbx_login_refused',
        remedy: 'Check api_key: it must be a key of this account.',
      },
      {
        status: [400],
        where: [{ contains: 'unauthorized createCall request' }],
        code: 'pbx_permission_denied',
        remedy: 'Check that api_key is a key of the account account_sid.',
      },
      {
        status: [400],
        where: [{ contains: 'application_sid not found' }],
        code: 'pbx_refused',
        remedy: 'Check the setting application_sid.',
      },
      {
        status: [480],
        code: 'pbx_refused',
        remedy: "None of jambonz' feature servers is up: check them.",
      },
    ],
  };
}

const byId = {
  path: '{path:base_path}/Accounts/{setting:account_sid}/Calls/{pbx_call_id}',
  auth: { type: 'bearer', token: '{setting:api_key}' },
  said: [{ json: '/msg' }],
} as const;

/** `no-answer` ends what rings, `completed` what was answered; each leaves the other be (call-session.js, _lccCallStatus). */
function end(call_status: 'no-answer' | 'completed'): Step {
  return {
    ...byId,
    said: [...byId.said],
    method: 'POST',
    body: { json: { call_status } },
    success: { status: [200, 202, 204] },
  };
}

/** A call that was created is known by its status, which is that of its first leg, for an hour after its end. */
const FAILED = { said: { json: '/call_status' }, sip: { json: '/sip_status' } };

/**
 * jambonz: a call is created, and an application of yours dials the second number. Its `DELETE` takes a call out of the
 * list and ends nothing. Source: jambonz/jambonz-api-server, lib/routes/api/accounts.js and lib/swagger/swagger.yaml;
 * jambonz/jambonz-feature-server, lib/session/call-session.js.
 */
export const jambonz: Template = {
  label: 'jambonz',
  port: 443,
  dial_as: 'none',
  settings: [
    {
      name: 'account_sid',
      label: 'Account SID',
      help: "The jambonz account's SID.",
      type: 'text',
      required: true,
      pattern: '[A-Za-z0-9-]{1,64}',
    },
    {
      name: 'api_key',
      label: 'API key',
      help: 'An API key of that account.',
      type: 'text',
      required: true,
      secret: true,
    },
    {
      name: 'application_sid',
      label: 'Application SID',
      help: 'The application that dials the second number; it finds it in the tag, as dial_second.',
      type: 'text',
      required: true,
      pattern: '[A-Za-z0-9-]{1,64}',
    },
    {
      name: 'from',
      label: 'From',
      help: 'The calling number that the first phone shows.',
      type: 'text',
      required: true,
      pattern: '\\+?[0-9]{1,32}',
    },
    {
      name: 'sip_realm',
      label: 'SIP realm',
      help: "The account's SIP realm, under which phones register: 101 is rung as 101@realm.",
      type: 'text',
      required: true,
      pattern: '[A-Za-z0-9.-]{1,253}',
    },
    {
      name: 'inside_digits',
      label: 'Digits of a registered user',
      help: 'A first number with at most as many digits is a registered user, a longer one is called through a carrier.',
      type: 'integer',
      default: 5,
      min: 0,
      max: 32,
    },
    {
      name: 'base_path',
      label: 'Base path',
      help: 'What stands before /Accounts in the address of the API: /v1, at some installations /api/v1.',
      type: 'text',
      default: '/v1',
      pattern: '(?:/[A-Za-z0-9._-]+)*',
    },
  ],
  call: call({ type: 'phone', number: '{first}' }),
  inside: { number: 'first', call: call({ type: 'user', name: '{first}@{setting:sip_realm}' }) },
  call_id: { json: '/sid' },
  status: {
    step: {
      ...byId,
      said: [...byId.said],
      method: 'GET',
      success: { status: [200], where: [{ json: '/call_status' }] },
    },
    absent: { status: [404] },
    states: [
      { where: [{ json: '/call_status', equals: 'ringing' }], means: 'ringing' },
      { where: [{ json: '/call_status', equals: 'early-media' }], means: 'ringing' },
      { where: [{ json: '/call_status', equals: 'in-progress' }], means: 'answered' },
      { where: [{ json: '/call_status', equals: 'completed' }], means: 'ended' },
      { where: [{ json: '/call_status', equals: 'busy' }], means: 'busy', ...FAILED },
      { where: [{ json: '/call_status', equals: 'no-answer' }], means: 'no_answer', ...FAILED },
      {
        where: [
          { json: '/call_status', equals: 'failed' },
          { json: '/sip_status', equals: 480 },
        ],
        means: 'unavailable',
        ...FAILED,
      },
      {
        where: [
          { json: '/call_status', equals: 'failed' },
          { json: '/sip_status', equals: 503 },
        ],
        means: 'congestion',
        ...FAILED,
      },
      { where: [{ json: '/call_status', equals: 'failed' }], means: 'failed', ...FAILED },
    ],
  },
  cancel: { steps: [end('no-answer'), end('completed')], absent: { status: [404] } },
  check: {
    method: 'GET',
    path: '{path:base_path}/Accounts/{setting:account_sid}',
    auth: { type: 'bearer', token: '{setting:api_key}' },
    success: { status: [200] },
    said: [{ json: '/msg' }],
  },
};
