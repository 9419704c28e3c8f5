import type { Page } from 'playwright-core';
import { PBX_LOGIN } from '../gateway.ts';
import type { PictureAccount } from './picture-account.ts';
import type { Stage } from './stage.ts';

export interface Place {
  readonly stage: Stage;
  readonly account: PictureAccount;
}

export interface Picture {
  /** In docs/pictures, without its ending. */
  readonly name: string;
  /** Whose page it is, as the router has it; undefined for a page outside of the console. */
  readonly route: string | undefined;
  /** Where it is, if that is not the route itself. Under /console, unless it is a whole URL. */
  readonly path?: string | ((place: Place) => string | Promise<string>);
  /** 1440 unless given. */
  readonly width?: number;
  /** 900 unless given. */
  readonly height?: number;
  readonly scheme?: 'dark';
  /** Whether nobody is logged in. */
  readonly isOutside?: boolean;
  /** What is done on the page before it is taken. */
  readonly prepare?: (page: Page, place: Place) => Promise<void>;
}

/** Of a link that somebody has used before. */
const USED = 'aLinkThatIsGoodNoMoreNow';
const PHONE = { width: 390, height: 844 } as const;

/** Every page of the console, and what is worth another look. */
export const PICTURES: readonly Picture[] = [
  { name: 'log-in', route: '/login', isOutside: true, height: 640, prepare: typeLogIn },
  { name: 'sign-up', route: '/signup', isOutside: true, height: 720, prepare: typeSignUp },
  { name: 'first-key', route: '/signup', isOutside: true, prepare: signUp },
  { name: 'first-minute', route: '/', path: '/signup', isOutside: true, prepare: makeFirstCall },
  { name: 'enter', route: '/enter', path: `/enter#${USED}`, isOutside: true, height: 560, prepare: seeFault },
  { name: 'reset', route: '/reset', isOutside: true, height: 560 },
  { name: 'invitation', route: '/invitation', path: invitation, isOutside: true, height: 720 },
  {
    name: 'confirm',
    route: '/confirm',
    path: `/confirm#${USED}`,
    isOutside: true,
    height: 560,
    prepare: seeFault,
  },
  { name: 'start', route: '/' },
  { name: 'click', route: '/click', path: '/click?first=101&second=105', prepare: callAndWait },
  {
    name: 'click-dark',
    route: '/click',
    path: '/click?first=201&second=105',
    scheme: 'dark',
    prepare: callAndWait,
  },
  { name: 'calls', route: '/calls' },
  { name: 'call', route: '/calls/$id', path: '/calls', prepare: openCall },
  { name: 'call-dark', route: '/calls/$id', path: '/calls', scheme: 'dark', prepare: openCall },
  { name: 'usage', route: '/usage', path: '/usage?span=month', prepare: seePlots },
  { name: 'pbxs', route: '/pbxs' },
  { name: 'kinds', route: '/pbxs/new' },
  { name: 'connect', route: '/pbxs/new', path: '/pbxs/new?kind=asterisk-ami', prepare: fillIn },
  {
    name: 'wrong-secret',
    route: '/pbxs/$id',
    path: '/pbxs/new?kind=asterisk-ami',
    prepare: addWithWrongSecret,
  },
  { name: 'pbx', route: '/pbxs/$id', path: '/pbxs', prepare: examineOffice },
  { name: 'keys', route: '/keys' },
  { name: 'integrations', route: '/integrations', prepare: makeButton },
  { name: 'links', route: '/links' },
  { name: 'policy', route: '/policy' },
  { name: 'webhooks', route: '/webhooks' },
  { name: 'deliveries', route: '/webhooks/$id', path: '/webhooks', prepare: openBilling },
  { name: 'members', route: '/members' },
  { name: 'audit', route: '/audit' },
  { name: 'settings', route: '/settings' },
  { name: 'error-page', route: undefined, path: ({ account }) => account.errorPage, isOutside: true },
  { name: 'phone', route: '/click', path: '/click?first=101&second=105', ...PHONE, prepare: callAndWait },
  { name: 'phone-calls', route: '/calls', ...PHONE },
  { name: 'phone-call', route: '/calls/$id', path: '/calls', ...PHONE, prepare: openCall },
];

/** Who signs up while it is watched. */
const NORA = {
  name: 'Nora North',
  email: 'nora@north.example',
  password: 'a few words and 1 more',
  account: 'North Ltd',
};

async function typeLogIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill('ann@archer.example');
}

async function typeSignUp(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill(NORA.name);
  await page.getByLabel('E-mail').fill(NORA.email);
  await page.getByLabel('Password').fill(NORA.password);
  await page.getByLabel('Company').fill(NORA.account);
}

async function signUp(page: Page): Promise<void> {
  await typeSignUp(page);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('heading', { name: 'Your key' }).waitFor();
}

/** Somebody else, who has just come. */
async function makeFirstCall(page: Page): Promise<void> {
  await typeSignUp(page);
  await page.getByLabel('E-mail').fill('nils@north.example');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('link', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Call 102 from 101' }).click();
  await page.getByText('Both talk').waitFor();
}

async function seeFault(page: Page): Promise<void> {
  await page.getByRole('alert').waitFor();
}

async function invitation({ account, stage }: Place): Promise<string> {
  const body = { email: 'finn@archer.example', role: 'member' };
  const { link } = await account.ask<{ link: string }>('POST', '/v3/invitations', body);
  return link.replace(`${stage.gateway.url}/console`, '');
}

async function openCall(page: Page): Promise<void> {
  await page.getByRole('link', { name: /107/ }).first().click();
  await page.getByRole('heading', { level: 1, name: /107/ }).waitFor();
  await page.getByText('was busy').first().waitFor();
}

async function callAndWait(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('Both talk').waitFor();
}

async function seePlots(page: Page): Promise<void> {
  await page.locator('.plot canvas').nth(2).waitFor();
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Host').fill('pbx.archer.example');
  await page.getByLabel('Username').fill('click2call');
}

async function addWithWrongSecret(page: Page, { stage: { gateway } }: Place): Promise<void> {
  await page.getByLabel('Host').fill(gateway.pbx.host);
  await page.getByLabel('Port').fill(String(gateway.pbx.port));
  await page.getByLabel('Username').fill(PBX_LOGIN.username);
  await page.getByRole('textbox', { name: 'Secret' }).fill('not-the-secret');
  await page.getByRole('button', { name: 'Add, and examine it' }).click();
  await page.getByText('It can not be used like this.').waitFor();
}

async function examineOffice(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'office', exact: true }).click();
  await page.getByRole('button', { name: 'Examine', exact: true }).click();
  await page.getByText('It can be used.').waitFor();
}

async function openBilling(page: Page, { account }: Place): Promise<void> {
  await page.getByRole('link', { name: 'Billing' }).click();
  account.billingGoesAway();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('503').waitFor();
  await page.getByRole('button', { name: 'Put away' }).click();
}

async function makeButton(page: Page, { account }: Place): Promise<void> {
  const { api_key } = await account.ask<{ api_key: string }>('POST', '/v3/keys', {
    label: 'Button on this page',
    kind: 'publishable',
    allow_origin: [new URL(page.url()).origin],
  });
  await page.getByLabel('First phone').fill('101');
  await page.getByLabel('Words on the button').fill('Call us');
  await page.getByLabel('Publishable key').fill(api_key);
  await page.locator('.widget-preview click-2-call').waitFor();
}
