import type { Pair } from '../conformance/test-pbx.ts';

/** It is searched for in logs and errors. */
export const SECRET = 'canary-7f3a';

const NOBODY_CALLED: Pair = ['101', '99999'];
const NOBODY_CALLING: Pair = ['999', '105'];
export const DENIED: Pair = ['101', '403'];

/** For tests: what the suite of all drivers must know of one template and of its PBX in the box. */
export interface Case {
  readonly settings: Readonly<Record<string, string>>;
  /** What this API refuses at once beside what it denies. */
  readonly refused: Pair;
  /** The sandbox knows a call by it; the others are known by a second number that no other call has. */
  readonly ordersCarryOurId?: true;
  readonly seesExtensionsInOrdersAlone?: true;
}

const idsOf = (prefix: string, ...extensions: string[]) =>
  extensions.map((each) => `${each}=${prefix}${each}`).join(',');

const PEOPLE = ['101', '102', '105', '408'];

/** Every ready-made template, by its name. */
export const CASES: Readonly<Record<string, Case>> = {
  '3cx': { settings: { client_id: 'c2c', client_secret: SECRET }, refused: NOBODY_CALLED },
  'cisco-webdialer': {
    settings: {
      username: 'c2c',
      password: SECRET,
      users: idsOf('user', ...PEOPLE),
      devices: idsOf('SEP000000000', ...PEOPLE),
      // Without end_line: it ends whatever call the line has, which is no way to end one of several.
    },
    refused: NOBODY_CALLED,
  },
  fusionpbx: {
    settings: { api_key: SECRET },
    refused: NOBODY_CALLED,
    seesExtensionsInOrdersAlone: true,
  },
  'grandstream-ucm': {
    settings: { username: 'c2c', password: SECRET },
    refused: NOBODY_CALLING,
    seesExtensionsInOrdersAlone: true,
  },
  jambonz: {
    settings: {
      account_sid: 'acc0unt',
      api_key: SECRET,
      application_sid: 'app',
      from: '+15550001',
      sip_realm: 'acme.sip.example.net',
    },
    // It leaves numbers to its carriers: all that it refuses is what it has no server for.
    refused: ['403', '105'],
    ordersCarryOurId: true,
    seesExtensionsInOrdersAlone: true,
  },
  kazoo: {
    settings: { account_id: 'acc0unt', api_key: SECRET, users: idsOf('id-', ...PEOPLE), konami: 'true' },
    refused: NOBODY_CALLED,
    ordersCarryOurId: true,
  },
  wazo: {
    settings: {
      username: 'c2c',
      password: SECRET,
      users: idsOf('id-', ...PEOPLE, '201'),
      contexts: '*=internal,101=internal,105=longdistance,201=longdistance',
    },
    refused: NOBODY_CALLED,
    ordersCarryOurId: true,
  },
  'yeastar-p': {
    settings: { client_id: 'c2c', client_secret: SECRET },
    refused: NOBODY_CALLING,
    seesExtensionsInOrdersAlone: true,
  },
};

/** The template that the guide writes. */
export const CUSTOMERS_OWN: Case = {
  settings: { username: 'c2c', password: SECRET },
  refused: NOBODY_CALLED,
  seesExtensionsInOrdersAlone: true,
};
