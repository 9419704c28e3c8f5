import type { Template } from '../template.ts';

/** FusionPBX puts both into a command of FreeSWITCH as they are: nothing but these may come there. */
const number = { characters: '0123456789*#+', max: 32 };
const path = '{path:base_path}/app/click_to_call/click_to_call.php';

/**
 * FusionPBX, its click-to-call page with a user's API key. It answers HTML when the first phone has picked up, not before.
 * Source: fusionpbx/fusionpbx, app/click_to_call/click_to_call.php, resources/check_auth.php.
 */
export const fusionpbx: Template = {
  label: 'FusionPBX (click to call)',
  port: 443,
  // originate rings for 60 s unless the dialplan says otherwise.
  answer_seconds: 75,
  dial_as: 'first_only',
  numbers: { first: number, second: number },
  settings: [
    {
      name: 'api_key',
      label: 'API key',
      help: 'The API key of a FusionPBX user with the permissions click_to_call_view and click_to_call_call.',
      type: 'text',
      required: true,
      secret: true,
    },
    {
      name: 'base_path',
      label: 'Base path',
      help: 'Where FusionPBX is not at the top of its web server: its path, such as /fusionpbx.',
      type: 'text',
      default: '',
      pattern: '(?:/[A-Za-z0-9._-]+)*',
    },
    {
      name: 'auto_answer',
      label: 'Auto-answer',
      help: 'Makes the first phone pick up by itself, if it can. It opens the microphone of that phone.',
      type: 'boolean',
      default: false,
    },
    {
      name: 'ringback',
      label: 'Ringback',
      help: 'What the first phone hears while the second rings.',
      type: 'choice',
      choices: ['us-ring', 'uk-ring', 'fr-ring', 'pt-ring', 'rs-ring', 'it-ring', 'music'],
      default: 'us-ring',
    },
  ],
  call: {
    method: 'GET',
    path,
    query: {
      src: '{first}',
      src_cid_name: 'Click to call',
      src_cid_number: '{second}',
      dest: '{second}',
      dest_cid_name: '',
      dest_cid_number: '',
      auto_answer: '{setting:auto_answer}',
      rec: 'false',
      ringback: '{setting:ringback}',
      key: '{setting:api_key}',
    },
    success: { status: [200], where: [{ contains: '+OK' }] },
    said: [{ after: '-ERR', before: '<', named: '-ERR' }],
    refusals: [
      {
        status: [301, 302, 303],
        code: 'pbx_login_refused',
        remedy: "FusionPBX wants a login: check api_key, and that the key's user is enabled.",
      },
      {
        where: [{ contains: "name='password'" }],
        code: 'pbx_login_refused',
        remedy: "FusionPBX wants a login: check api_key, and that the key's user is enabled.",
      },
      {
        where: [{ contains: 'access denied' }],
        code: 'pbx_permission_denied',
        remedy: "Give the key's user the permissions click_to_call_view and click_to_call_call.",
      },
      {
        where: [{ contains: 'Connection to Event Socket failed' }],
        code: 'pbx_refused',
        remedy: 'Check that FreeSWITCH runs on the PBX, and that FusionPBX reaches its event socket.',
      },
    ],
  },
  call_id: { after: '+OK', before: '<' },
  check: {
    method: 'GET',
    path,
    query: { key: '{setting:api_key}' },
    success: { status: [200], where: [{ contains: 'src_cid_name' }] },
    refusals: [
      {
        status: [301, 302, 303],
        code: 'pbx_login_refused',
        remedy: "FusionPBX wants a login: check api_key, and that the key's user is enabled.",
      },
      {
        where: [{ contains: 'access denied' }],
        code: 'pbx_permission_denied',
        remedy: "Give the key's user the permissions click_to_call_view and click_to_call_call.",
      },
    ],
  },
};
