import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignedUp } from '../../contract/v3/sign-up.ts';
import { SYSTEM } from '../../src/audit/act.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { addPerson, entryLink } from '../../src/people/operator.ts';
import { PBX_LOGIN } from '../gateway.ts';
import type { Stage } from './stage.ts';
import type { StretchedClock } from './stretched-clock.ts';

/** Who signs up. */
export const ANN = {
  name: 'Ann Archer',
  email: 'ann@archer.example',
  password: 'a few words and 1 more',
  account_name: 'Archer & Sons',
} as const;

const ANN_LOGIN = { email: ANN.email, password: ANN.password };

/** Who came after her. */
const OTHERS = [
  { name: 'Ben Baker', email: 'ben@archer.example', role: 'admin' },
  { name: 'Cleo Carter', email: 'cleo@archer.example', role: 'member' },
  { name: 'Dev Desai', email: 'dev@archer.example', role: 'viewer' },
] as const;

/** From where she signed up. */
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';

const HOUR_MICROS = 3_600_000_000;
const DAY_MICROS = 24 * HOUR_MICROS;
/** How long ago it began. */
export const DAYS = 24;
/** What is dialled on a day: who rings first, and then. One of each list comes to another end. */
const ROUNDS: readonly (readonly (readonly [first: string, second: string])[])[] = [
  [
    ['101', '104'],
    ['106', '103'],
    ['201', '12125550142'],
    ['107', '486'],
  ],
  [
    ['102', '104'],
    ['108', '101'],
    ['201', '13035550117'],
    ['109', '603'],
    ['106', '104'],
  ],
  [
    ['103', '107'],
    ['201', '14155550173'],
    ['101', '408'],
    ['480', '101'],
  ],
  [
    ['104', '106'],
    ['109', '103'],
    ['201', '16175550126'],
    ['101', '410'],
    ['108', '102'],
    ['107', '104'],
  ],
];
/** What was called within the last minutes, the last one on top of the list. */
const LATEST = [
  ['201', '12125550142'],
  ['102', '503'],
  ['106', '403'],
  ['101', '201'],
  ['480', '101'],
  ['103', '106'],
  ['108', '603'],
  ['101', '408'],
  ['201', '13035550117'],
  ['107', '486'],
  ['109', '104'],
  ['106', '103'],
  ['101', '102'],
] as const;

/** An account in which people have worked for some days, and what pictures of it need to know. */
export interface PictureAccount extends AsyncDisposable {
  readonly ask: AskAsAnn;
  /** From now on the second receiver of webhooks takes nothing. */
  billingGoesAway(): void;
  /** Where anybody reads about a click that came to nothing. */
  readonly errorPage: string;
}

export async function makePictureAccount(stage: Stage, clock: StretchedClock): Promise<PictureAccount> {
  const { gateway } = stage;
  const { key, cookie } = await signUp(stage);
  const click = (first: string, second: string) =>
    gateway.click({
      dial_first: first,
      dial_second: second,
      pbx: 'office',
      timeout: '20',
      wait: 'ended',
      api_key: key,
    });
  await furnish(stage, clock, askAs(stage, cookie));
  const firstDay = Math.floor(systemClock.nowMicros() / DAY_MICROS) - DAYS;
  for (let day = 0; day < DAYS; day += 1) {
    clock.jumpTo((firstDay + day) * DAY_MICROS + HOUR_MICROS * 13);
    const [round = [], more = []] = [ROUNDS[day % ROUNDS.length], ROUNDS[(day + 1) % ROUNDS.length]];
    const pairs = [...round, ...more.slice(0, (day * 5) % 4)];
    await Promise.all(pairs.map(([first, second]) => click(first, second)));
  }
  clock.jumpTo(systemClock.nowMicros() - HOUR_MICROS / 6);
  // She was away for some days, and so logs in anew.
  const ask = askAs(stage, await enter(stage, '/v3/sessions', ANN_LOGIN).then(({ cookie }) => cookie));
  await makeLinks(ask);
  const receiver = await addWebhooks(ask);
  let errorPage = '';
  for (const [first, second] of LATEST) {
    const { response } = await click(first, second);
    if (second === '403') errorPage = response.errors[0]?.error.url ?? '';
  }
  clock.catchUp();
  return {
    ask,
    errorPage,
    billingGoesAway: receiver.goAway,
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}

/** Asks `/v3` as Ann does from the console. */
type AskAsAnn = <Body>(method: string, path: string, body?: unknown) => Promise<Body>;

interface Entered {
  readonly cookie: string;
  readonly body: unknown;
}

async function enter({ gateway }: Stage, path: string, body: unknown): Promise<Entered> {
  const headers = { 'content-type': 'application/json', origin: gateway.url, 'user-agent': PHONE };
  const response = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const cookie = response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  return { cookie, body: await response.json() };
}

async function signUp(stage: Stage): Promise<{ readonly key: string; readonly cookie: string }> {
  const { cookie, body } = await enter(stage, '/v3/signup', ANN);
  return { key: (body as SignedUp).key?.key ?? '', cookie };
}

function askAs({ gateway }: Stage, cookie: string): AskAsAnn {
  return async <Body>(method: string, path: string, body?: unknown) => {
    const answered = await fetch(`${gateway.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', origin: gateway.url, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answered.text();
    if (!answered.ok) throw new Error(`${method} ${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  };
}

/** People, PBXs, keys, links and a policy, as a small company has them. */
async function furnish(stage: Stage, clock: StretchedClock, ask: AskAsAnn): Promise<void> {
  const { parts, pbx } = stage.gateway;
  const later = () => clock.jumpTo(clock.nowMicros() + HOUR_MICROS);
  const account = (await parts.directory.accounts()).find(({ name }) => name === ANN.account_name);
  if (account === undefined) throw new Error('Nobody has signed up.');
  for (const other of OTHERS) {
    later();
    await addPerson(parts.people, account, other, SYSTEM);
    const link = await entryLink(parts.people, account, other.email, SYSTEM);
    await enter(stage, '/v3/sessions', { token: link.replace(/^.*#/, '') });
  }
  await ask('POST', '/v3/invitations', { email: 'eva@archer.example', role: 'member' });
  const settings = { host: pbx.host, port: String(pbx.port), ...PBX_LOGIN };
  await ask('POST', '/v3/pbxs', { name: 'office', driver: 'asterisk-ami', settings });
  await ask('POST', '/v3/pbxs', {
    name: 'warehouse',
    driver: 'freeswitch',
    settings: { host: '127.0.0.1', password: 'canary-warehouse', domain: 'warehouse.archer.example' },
  });
  await ask('PUT', '/v3/policy', {
    home_country: 'US',
    outside_prefixes: ['9'],
    countries_allowed: ['US', 'CA', 'MX'],
    numbers_denied: ['+1900*'],
    calls_at_once: 20,
  });
  for (const key of KEYS) {
    later();
    await ask('POST', '/v3/keys', key);
  }
  const { items } = await ask<{ items: readonly { id: string; label: string }[] }>('GET', '/v3/keys');
  const old = items.find(({ label }) => label === 'Old reception PC')?.id ?? '';
  await ask('DELETE', `/v3/keys/${old}`);
}

const KEYS = [
  { label: 'CRM', scopes: ['calls:create', 'calls:read'], per_minute: 30 },
  {
    label: 'Button on www.archer.example',
    kind: 'publishable',
    allow_origin: ['https://www.archer.example'],
    allow_first: ['101'],
  },
  { label: 'Reports at night', scopes: ['calls:read'], allow_ip: ['192.0.2.0/24'] },
  { label: 'Old reception PC' },
];

/** One that is used, and one that waits. */
async function makeLinks(ask: AskAsAnn): Promise<void> {
  const expires_at = new Date(systemClock.nowMicros() / 1000 + 30 * 86_400_000).toISOString();
  const { url } = await ask<{ url: string }>('POST', '/v3/links', {
    dial_first: '201',
    dial_second: '12125550142',
    label: 'Quote 2041',
  });
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  const reception = { dial_first: '101', dial_second: '102', label: 'Reception', uses: 50, expires_at };
  await ask('POST', '/v3/links', reception);
}

/** One receiver that takes everything, and one that takes nothing for a while. */
async function addWebhooks(ask: AskAsAnn): Promise<AsyncDisposable & { readonly goAway: () => void }> {
  let isAway = false;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const isRefused = request.url === '/billing' && isAway;
      response.writeHead(isRefused ? 503 : 200, { 'content-type': 'text/plain' });
      response.end(isRefused ? 'The database is being upgraded.' : 'ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await ask('POST', '/v3/webhooks', { url: `${base}/crm`, label: 'CRM', types: ['call.ended'] });
  await ask('POST', '/v3/webhooks', { url: `${base}/billing`, label: 'Billing' });
  return {
    goAway: () => void (isAway = true),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
