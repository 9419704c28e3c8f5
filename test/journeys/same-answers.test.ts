import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startGateway, type Gateway } from '../gateway.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import type { PhoneOptions } from '../lab/phone.ts';
import { phoneOf } from './phones.ts';

/** The three ways to speak to an Asterisk come to the same: the same answers, and the same for both phones. */
const DRIVERS = ['asterisk-ami', 'asterisk-ari', 'asterisk-ari-outbound'] as const;

let gateway: Gateway;
let lab: Asterisk;
/** Its files are those that it was given to paste, and no others. */
let behindNat: Asterisk;

beforeAll(async () => {
  gateway = await startGateway({ C2C_REPEAT_WINDOW_MS: '0' });
  [lab, behindNat] = await Promise.all([startAsterisk(), startAsterisk()]);
  const { directory, inbound } = gateway.parts;
  const { username, secret } = lab.amiUsers.c2c;
  const ami = { host: '127.0.0.1', port: lab.amiPort, username, secret };
  await directory.addPbx(gateway.account.id, 'asterisk-ami', 'asterisk-ami', ami);
  const ari = {
    host: '127.0.0.1',
    port: lab.httpPort,
    username: lab.ariUser.username,
    password: lab.ariUser.secret,
  };
  await directory.addPbx(gateway.account.id, 'asterisk-ari', 'asterisk-ari', ari);
  const pbx = await directory.addPbx(
    gateway.account.id,
    'asterisk-ari-outbound',
    'asterisk-ari-outbound',
    {},
  );
  const url = `${gateway.url.replace('http', 'ws')}/pbx/ari`;
  const door = { url, username: pbx.id, password: directory.doorKeyOf(pbx) ?? '' };
  const files = directory.driverOf(pbx).files?.(directory.settingsOf(pbx), door) ?? {};
  for (const [name, text] of Object.entries(files)) await writeFile(join(behindNat.etc, name), text);
  await behindNat.cli('module reload res_websocket_client.so');
  await behindNat.cli('module reload res_ari.so');
  await vi.waitUntil(() => inbound.connected().includes(pbx.id), { timeout: 10_000 });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await Promise.all([lab.stop(), behindNat.stop()]);
});

afterEach(async () => {
  for (const pbx of [lab, behindNat]) {
    const isQuiet = async () => (await pbx.cli('core show channels count')).includes('0 active channels');
    await vi.waitUntil(isQuiet, { timeout: 10_000 });
  }
});

interface Case {
  readonly what: string;
  readonly click: Readonly<Record<string, string>>;
  readonly first?: Partial<PhoneOptions>;
  readonly second?: Partial<PhoneOptions>;
  /** The endpoints that have a phone in this case: first, second. */
  readonly phones: readonly [first: string, second: string];
  readonly comesTo: {
    readonly status: 'success' | 'fail';
    readonly code?: string;
    readonly said?: string;
    readonly first: string;
    readonly second: string;
  };
}

const TALK = { hangUpAfterMs: 400 };
const CASES: readonly Case[] = [
  {
    what: 'both answer and talk',
    click: { dial_first: '101', dial_second: '102' },
    second: TALK,
    phones: ['101', '102'],
    comesTo: { status: 'success', first: 'answered; shows Call to 102', second: 'answered; shows Alice 101' },
  },
  {
    what: 'the first is busy',
    click: { dial_first: '101', dial_second: '102' },
    first: { behaviour: 'busy' },
    phones: ['101', '102'],
    comesTo: { status: 'success', first: 'refused; shows Call to 102', second: 'never rang' },
  },
  {
    what: 'the second declines',
    click: { dial_first: '101', dial_second: '102' },
    second: { behaviour: 'decline' },
    phones: ['101', '102'],
    comesTo: { status: 'success', first: 'answered; shows Call to 102', second: 'refused; shows Alice 101' },
  },
  {
    what: 'the second is silent',
    click: { dial_first: '101', dial_second: '102', timeout: '2' },
    second: { behaviour: 'silent' },
    phones: ['101', '102'],
    comesTo: {
      status: 'success',
      first: 'answered; shows Call to 102',
      second: 'cancelled; shows Alice 101',
    },
  },
  {
    what: 'dialled as the boss',
    click: { dial_first: '101', dial_second: '12125551234', dial_as: '201' },
    second: TALK,
    phones: ['101', 'carrier'],
    comesTo: {
      status: 'success',
      first: 'answered; shows Call to 12125551234',
      second: 'answered; shows Boss +12125550100',
    },
  },
  {
    what: 'not allowed by the own context',
    click: { dial_first: '101', dial_second: '12125551234' },
    phones: ['101', 'carrier'],
    comesTo: { status: 'fail', code: 'extension_unknown', first: 'never rang', second: 'never rang' },
  },
  {
    what: 'dialled as nobody',
    click: { dial_first: '101', dial_second: '102', dial_as: '999' },
    phones: ['101', '102'],
    comesTo: { status: 'fail', code: 'dial_as_unknown', first: 'never rang', second: 'never rang' },
  },
];

describe.each(CASES)('$what', ({ click, first, second, phones, comesTo }) => {
  it.each(DRIVERS)('over %s', async (pbx) => {
    const at = pbx === 'asterisk-ari-outbound' ? behindNat : lab;
    await using one = await phoneOf(at, phones[0], { answerAfterMs: 100, ...first });
    await using two = await phoneOf(at, phones[1], { answerAfterMs: 100, ...second });
    const { response } = await gateway.click({ ...click, pbx });
    const rings = (outcome: string) => outcome !== 'never rang';
    if (rings(comesTo.first)) await one.result();
    if (rings(comesTo.second)) await two.result();
    const code = response.errors[0]?.error.code;
    expect({
      status: response.status,
      ...(code === undefined ? {} : { code }),
      first: testimony(await one.report()),
      second: testimony(await two.report()),
    }).toEqual(comesTo);
  });
});

/** What a phone itself says of its call. */
function testimony({
  rang,
  answered,
  cancelled,
  calls,
}: Awaited<ReturnType<Awaited<ReturnType<typeof phoneOf>>['report']>>): string {
  const shown = calls[0]?.invite.shown;
  if (rang === 0 || shown === undefined) return 'never rang';
  const fate = answered > 0 ? 'answered' : cancelled > 0 ? 'cancelled' : 'refused';
  return `${fate}; shows ${shown.name} ${shown.number}`;
}
