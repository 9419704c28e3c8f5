import type { Template } from '../template.ts';

/** A request without this header is not answered ("API Interfaces & Events Summary"). */
const headers = { 'User-Agent': 'OpenAPI' };

/**
 * Yeastar P-Series and its cloud edition, OpenAPI v1.0: `get_token`, then `call/dial`, whose `dial_permission` is dial_as
 * in other words. Source: help.yeastar.com, developer guide, "Make a Call".
 */
export const yeastarP: Template = {
  label: 'Yeastar P-Series (OpenAPI)',
  port: 8088,
  dial_as: 'passed',
  settings: [
    {
      name: 'client_id',
      label: 'Client ID',
      help: 'As the PBX shows it under Integrations > API.',
      type: 'text',
      required: true,
    },
    {
      name: 'client_secret',
      label: 'Client secret',
      help: 'As the PBX shows it beside the client ID.',
      type: 'text',
      required: true,
      secret: true,
    },
    {
      name: 'auto_answer',
      label: 'Auto-answer',
      help: 'yes makes the first phone pick up by itself, if it can. It opens the microphone of that phone.',
      type: 'choice',
      choices: ['no', 'yes'],
      default: 'no',
    },
  ],
  login: {
    lasts_seconds: 1_800,
    lasts: { json: '/access_token_expire_time' },
    steps: [
      {
        method: 'POST',
        path: '/openapi/v1.0/get_token',
        headers,
        body: { json: { username: '{setting:client_id}', password: '{setting:client_secret}' } },
        success: { status: [200], where: [{ json: '/errcode', equals: 0 }, { json: '/access_token' }] },
        said: [{ json: '/errcode', named: 'errcode' }, { json: '/errmsg' }],
        take: { token: { json: '/access_token' } },
      },
    ],
  },
  call: {
    method: 'POST',
    path: '/openapi/v1.0/call/dial',
    query: { access_token: '{token}' },
    headers,
    body: {
      json: {
        caller: '{first}',
        callee: '{second}',
        dial_permission: '{dial_as?}',
        auto_answer: '{setting:auto_answer}',
      },
    },
    success: { status: [200], where: [{ json: '/errcode', equals: 0 }] },
    said: [{ json: '/errcode', named: 'errcode' }, { json: '/errmsg' }],
    refusals: [
      {
        where: [{ json: '/errcode', equals: 10_004 }],
        code: 'pbx_login_refused',
        remedy: 'The token had expired, and a new one too; check the clock of the PBX.',
        login_again: true,
      },
      {
        where: [{ json: '/errcode', equals: 10_005 }],
        code: 'pbx_permission_denied',
        remedy: 'Check under Integrations > API that the API is on and its client may use it.',
      },
      {
        where: [{ json: '/errcode', equals: 70_004 }],
        code: 'pbx_permission_denied',
        remedy:
          'The PBX has blocked our address: take it off the list of blocked IPs, and allow it under Integrations > API.',
      },
      {
        where: [{ json: '/errcode', equals: 40_002 }],
        code: 'pbx_refused',
        remedy: 'Check that dial_first and dial_as are extensions of this PBX.',
      },
    ],
  },
  call_id: { json: '/call_id' },
};
