import type { Refusal, Step, Template } from '../template.ts';

const success: Step['success'] = { status: [200], where: [{ json: '/status', equals: 0 }] };
const said: NonNullable<Step['said']> = [{ json: '/status', named: 'status' }, { json: '/response/message' }];

function refusal(
  statuses: readonly number[],
  code: Refusal['code'],
  remedy: string,
  login_again = false,
): Refusal[] {
  return statuses.map((status) => ({
    where: [{ json: '/status', equals: status }],
    code,
    remedy,
    login_again,
  }));
}

/** The UCM answers HTTP 200 throughout; these are its own numbers. */
const refusals: Refusal[] = [
  ...refusal([-5, -6], 'pbx_login_refused', 'The login had lapsed, and a new one too; try again.', true),
  ...refusal(
    [-37],
    'pbx_login_refused',
    'Check username and password against the HTTPS API settings of the UCM.',
  ),
  ...refusal(
    [-68, -70],
    'pbx_login_refused',
    'The UCM has locked our login after wrong ones: unlock it there, and check the password.',
  ),
  ...refusal(
    [-47],
    'pbx_permission_denied',
    'Give the API user the right to call, and allow our address in the HTTPS API settings of the UCM.',
  ),
  ...refusal([-45, -46, -57], 'pbx_refused', 'The UCM wants fewer requests: lower originates_per_second.'),
  ...refusal([-1], 'pbx_refused', 'Check that the first number is an extension of this UCM.'),
  // It does not say whether a phone rings.
  ...refusal([-8], 'pbx_in_doubt', 'See the status before you click again.'),
];

function call(request: Readonly<Record<string, string>>): Step {
  return {
    method: 'POST',
    path: '/api',
    body: { json: { request: { ...request, cookie: '{login:cookie}' } } },
    success,
    said,
    refusals,
  };
}

/**
 * Grandstream UCM6xxx, the HTTPS API ("new"): challenge, login by MD5, then dialExtension or dialOutbound. Source:
 * documentation.grandstream.com, HTTPS API.
 */
export const grandstreamUcm: Template = {
  label: 'Grandstream UCM (HTTPS API)',
  port: 8089,
  dial_as: 'first_only',
  settings: [
    {
      name: 'username',
      label: 'Username',
      help: 'The user of the HTTPS API settings (new).',
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
      name: 'inside_digits',
      label: 'Digits of an extension',
      help: 'A second number with at most as many digits is dialled as an extension, a longer one through an outbound route.',
      type: 'integer',
      default: 5,
      min: 0,
      max: 32,
    },
  ],
  derived: { login_token: { hash: 'md5', of: '{login:challenge}{setting:password}' } },
  login: {
    // It lapses after some minutes without use, ten in Grandstream's words, five in those of its users.
    lasts_seconds: 270,
    steps: [
      {
        method: 'POST',
        path: '/api',
        body: { json: { request: { action: 'challenge', user: '{setting:username}', version: '1.0' } } },
        success,
        said,
        refusals,
        take: { challenge: { json: '/response/challenge' } },
      },
      {
        method: 'POST',
        path: '/api',
        body: {
          json: { request: { action: 'login', user: '{setting:username}', token: '{derived:login_token}' } },
        },
        success,
        said,
        refusals,
        take: { cookie: { json: '/response/cookie' } },
      },
    ],
  },
  call: call({ action: 'dialOutbound', caller: '{first}', outbound: '{second}' }),
  inside: {
    number: 'second',
    call: call({ action: 'dialExtension', caller: '{first}', callee: '{second}' }),
  },
};
