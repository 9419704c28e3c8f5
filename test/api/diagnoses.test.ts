import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import type { CallState } from '../../contract/call-words.ts';
import { createKey } from '../../src/access/keys.ts';
import { ALL_RIGHTS } from '../../src/access/limits.ts';
import { SYSTEM } from '../../src/audit/act.ts';
import { isOver, NEW_LIFE } from '../../src/calls/life.ts';
import { systemClock, type Clock } from '../../src/kit/clock.ts';
import { diagnosisOf } from '../../src/calls/present-call.ts';
import { startAmiSandbox, type SandboxOptions } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startAriSandbox } from '../../src/pbx/sandbox/ari/ari-sandbox.ts';
import { startFreeswitchSandbox } from '../../src/pbx/sandbox/freeswitch/freeswitch-sandbox.ts';
import { http } from '../../src/pbx/http/driver.ts';
import { CASES, SECRET } from '../../src/pbx/http/test-cases.ts';
import { startSwitchvoxSandbox } from '../../src/pbx/sandbox/switchvox/switchvox-sandbox.ts';
import type { SwitchvoxFaults } from '../../src/pbx/sandbox/switchvox/options.ts';
import { startHttpSandbox } from '../../src/pbx/sandbox/http/http-sandbox.ts';
import { call, opening } from '../../src/store/conformance/samples.ts';
import { newCertificate } from '../certificate.ts';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '0' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

type Parameters = Readonly<Record<string, string>>;
const LOGIN = { host: '127.0.0.1', username: 'c2c', secret: 'canary-pbx' };
// A PBX that is asked for a call is asked every 5 s.
const PATIENCE = { timeout: 40_000 };

/** What is said of a call when it is over. */
async function saidOfCall(id: string, { parts }: SandboxGateway = gateway) {
  const read = () => parts.store.journal.callById(id);
  await expect.poll(async () => isOver((await read())?.life ?? NEW_LIFE), PATIENCE).toBe(true);
  const call = await read();
  return call && diagnosisOf(call, call.life);
}

async function said({ response }: CallResponse, on: SandboxGateway = gateway) {
  return saidOfCall(response.request_id, on);
}

async function saidOfClick(parameters: Parameters, on: SandboxGateway = gateway) {
  return said(await on.click({ dial_first: '101', dial_second: '102', ...parameters }), on);
}

/** The machine's clock, and what lets time pass by it at once. */
function clockThatIsSet(): { readonly clock: Clock; readonly wait: (ms: number) => void } {
  let aheadMs = 0;
  const clock: Clock = {
    nowMicros: () => systemClock.nowMicros() + aheadMs * 1000,
    monotonicMs: () => systemClock.monotonicMs() + aheadMs,
  };
  return { clock, wait: (ms) => (aheadMs += ms) };
}

/** One more PBX in the box, of the account. */
async function addSandbox(name: string, options: SandboxOptions, settings: Parameters = {}) {
  const pbx = await startAmiSandbox({ username: 'c2c', secret: 'canary-pbx', pace: 0.1, ...options });
  onTestFinished(() => pbx.close());
  await gateway.addPbx(name, { ...LOGIN, port: String(pbx.port), ...settings });
}

describe('of a request that came to nothing it is said', () => {
  it.each<[what: string, parameters: Parameters, code: string, says: string]>([
    [
      'that a parameter is wrong',
      { timeout: '0' },
      'request_invalid',
      'The request could not be used: timeout is "0"; give whole seconds from 1 to 600.',
    ],
    [
      'that there is no such PBX',
      { pbx: 'mian' },
      'pbx_unknown',
      'No PBX could be chosen: this account has no PBX named "mian"; give one of asterisk, main. Did you mean main?',
    ],
    [
      'that nobody has the second number',
      { dial_second: '99999' },
      'second_not_dialable',
      'The PBX main can not dial 99999 with the rights of this call: Extension does not exist.',
    ],
    [
      'that the extension may not dial the second number',
      { dial_second: '12125551234' },
      'second_not_dialable',
      'The PBX main can not dial 12125551234 with the rights of this call: Extension does not exist.',
    ],
    [
      'that the extension to dial as is unknown',
      { dial_as: '999' },
      'rights_unknown',
      'There is no extension whose rights could be used to dial 102: the PBX has no extension 999.',
    ],
    [
      'that there is nobody to dial as',
      { dial_first: '12125551234', dial_second: '101' },
      'rights_unknown',
      'There is no extension whose rights could be used to dial 101: dial_as is missing, and dial_first 12125551234 is no extension of the PBX whose rights could be used.',
    ],
    [
      'that the PBX denies the order',
      { dial_second: '403' },
      'pbx_permission_denied',
      'The PBX main does not let our login do this: Permission denied.',
    ],
  ])('%s', async (_what, parameters, code, says) => {
    expect(await saidOfClick(parameters)).toMatchObject({ code, says });
  });

  it('that a program only looked at the link', async () => {
    const query = new URLSearchParams({ api_key: gateway.key, dial_first: '101', dial_second: '102' });
    const answer = await fetch(`${gateway.url}/c2c/v2?${query}`, { headers: { purpose: 'prefetch' } });
    expect(await said((await answer.json()) as CallResponse)).toMatchObject({
      code: 'prefetch_refused',
      fault: 'nobody',
    });
  });

  it('that the context of the settings is a wrong one, by its name', async () => {
    await addSandbox('lost', {}, { context: 'nowhere' });
    const diagnosis = await saidOfClick({ pbx: 'lost' });
    expect(diagnosis?.code).toBe('second_not_dialable');
    expect(diagnosis?.remedy).toMatch(/^The dialplan context nowhere, whose rights 101 has, knows no 102: /);
  });

  it('that the key has a limit', async () => {
    const { parts, account } = gateway;
    const limits = { allowTo: ['+49*'] };
    const rights = { ...ALL_RIGHTS, limits };
    const { key } = await createKey(parts.store.keys, parts.clock, account.id, 'limited', SYSTEM, rights);
    expect(await saidOfClick({ api_key: key })).toMatchObject({
      code: 'key_limited',
      says: "The key may not make this call, and nobody was rung: this key's allow_to (+49*) has not 102; give one that it has, or use another key.",
      fault: 'caller',
    });
  });

  it('that a bound is reached', async () => {
    await using bounded = await startSandboxGateway({}, {}, { calls_in_progress: '1', wait_ms: '50' });
    await bounded.click({ dial_first: '102', dial_second: '105' });
    expect(await saidOfClick({ dial_second: '105' }, bounded)).toEqual({
      code: 'pbx_busy',
      says: 'The PBX main is asked for as much as its settings allow: This PBX already has 1 calls in progress from here, its setting calls_in_progress.',
      remedy: 'Nothing was sent to the PBX. Try again in a moment.',
      fault: 'settings',
    });
  });

  it('that this installation does not connect to where the PBX is', async () => {
    await using open = await startSandboxGateway({ C2C_SIGNUP: 'open' });
    expect(await saidOfClick({}, open)).toMatchObject({
      code: 'pbx_address_refused',
      says: expect.stringContaining('127.0.0.1'),
      fault: 'settings',
    });
  });
});

describe('of a PBX that could not be asked it is said', () => {
  it('that it is not there', async () => {
    await gateway.addPbx('gone', { ...LOGIN, port: '1' });
    expect(await saidOfClick({ pbx: 'gone' })).toMatchObject({
      code: 'pbx_unreachable',
      says: 'The PBX gone could not be reached, and nobody was rung: connect ECONNREFUSED 127.0.0.1:1.',
      fault: 'network',
    });
  });

  it('that its certificate is not trusted, or not the pinned one', async () => {
    const { key, cert } = await newCertificate();
    await addSandbox('unpinned', { tls: { key, cert } }, { tls: 'true' });
    await addSandbox('repinned', { tls: { key, cert } }, { tls: 'true', fingerprint: 'AB'.repeat(32) });
    for (const pbx of ['unpinned', 'repinned'])
      expect(await saidOfClick({ pbx })).toMatchObject({
        code: 'pbx_tls',
        says: expect.stringMatching(
          new RegExp(`^No trusted TLS connection to the PBX ${pbx} could be made: \\S`),
        ),
        remedy: expect.stringContaining('fingerprint'),
      });
  });

  it.each<[what: string, name: string, options: SandboxOptions, code: string, says: RegExp]>([
    [
      'that the secret is wrong',
      'changed',
      { secret: 'another' },
      'pbx_login_refused',
      /^The PBX changed did not accept our login: Authentication failed\.$/,
    ],
    [
      'that the login may not originate',
      'strict',
      { write: ['call', 'reporting'] },
      'pbx_permission_denied',
      /^The PBX strict does not let our login do this: Permission denied\.$/,
    ],
    [
      'that the login may not look up extensions',
      'stricter',
      { write: ['originate'] },
      'pbx_permission_denied',
      /^The PBX stricter does not let our login do this: Permission denied\.$/,
    ],
    [
      'that something else answers there',
      'ssh',
      { faults: { greeting: 'SSH-2.0-OpenSSH_9.2\r\n' } },
      'pbx_protocol',
      /^What answers at the address of the PBX ssh is not the expected kind of PBX: .*SSH/,
    ],
  ])('%s', async (_what, name, options, code, says) => {
    await addSandbox(name, options);
    const diagnosis = await saidOfClick({ pbx: name });
    expect(diagnosis).toMatchObject({ code, says: expect.stringMatching(says), fault: 'settings' });
    expect(diagnosis?.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('that its settings can not be used any more', async () => {
    const template = join(tmpdir(), `c2c-template-${process.pid}.json`);
    const [, example = ''] = /```json\n(.*?)```/s.exec(http.manifest.guide) ?? [];
    await writeFile(template, example);
    await gateway.parts.directory.addPbx(gateway.account.id, 'template', 'http', {
      template,
      host: '127.0.0.1',
      username: 'c2c',
      password: 'x',
    });
    await rm(template);
    expect(await saidOfClick({ pbx: 'template' })).toMatchObject({
      code: 'pbx_settings',
      says: expect.stringMatching(/^The stored settings of the PBX template can not be used: \S/),
      fault: 'settings',
    });
  });
});

describe('of a call that both took it is said', () => {
  it('for how long they were connected, and who hung up', async () => {
    await addSandbox('lifelike', { pace: 0.6 });
    const diagnosis = await saidOfClick({ pbx: 'lifelike', dial_first: '105', dial_second: '103' });
    expect(diagnosis?.says).toMatch(/^105 and 103 were connected for [56]\.\d s; then 103 hung up\.$/);
    expect(diagnosis).toMatchObject({ code: 'answered', remedy: '', fault: 'nobody' });
  });
});

describe('of an order without an answer it is said', () => {
  it('what became of the call, where that was heard', async () => {
    await addSandbox('mute', { faults: { neverAnswer: ['originate'] } });
    const diagnosis = await saidOfClick({ pbx: 'mute', dial_first: '105', dial_second: '486' });
    expect(diagnosis).toMatchObject({ code: 'second_busy', says: 'The second phone, 486, was busy.' });
  });

  it('that it is in doubt, where nothing is heard of a call', async () => {
    // The order waits 10 s for its answer; a link that comes back lets the PBX be asked for the call.
    const answer = await gateway.click({ dial_first: '101', dial_second: '502' });
    gateway.pbx.cut();
    expect(await said(answer)).toMatchObject({
      code: 'order_in_doubt',
      says: expect.stringMatching(/^The PBX main was given the order and did not answer: \S/),
      remedy: 'Ask at 101 whether it rang before you click again; it is not tried again by itself.',
    });
  }, 60_000);
});

/** A PBX in the box, of the account. */
interface Simulator {
  close(): Promise<void>;
}

async function startAri(): Promise<Simulator> {
  const pbx = await startAriSandbox({ username: 'c2c', password: 'canary-pbx', pace: 0.1 });
  const { host, port } = pbx;
  const settings = { host, port, username: 'c2c', password: 'canary-pbx' };
  await gateway.parts.directory.addPbx(gateway.account.id, 'ari', 'asterisk-ari', settings);
  return pbx;
}

async function startFreeswitch(): Promise<Simulator> {
  const pbx = await startFreeswitchSandbox({ password: 'canary-pbx', pace: 0.1 });
  const { host, port, domain } = pbx;
  const settings = { host, port, domain, password: 'canary-pbx' };
  await gateway.parts.directory.addPbx(gateway.account.id, 'fs', 'freeswitch', settings);
  return pbx;
}

describe.each<[pbx: string, start: () => Promise<Simulator>]>([
  ['main', () => Promise.resolve({ close: () => Promise.resolve() })],
  ['ari', startAri],
  ['fs', startFreeswitch],
])('of a call on the PBX %s that came to nothing on one side it is said', (pbx, start) => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await start();
  });
  afterAll(() => simulator.close());

  it.each<[first: string, second: string, code: string, says: string]>([
    ['486', '105', 'first_busy', 'The first phone, 486, was busy.'],
    ['105', '486', 'second_busy', 'The second phone, 486, was busy.'],
    ['603', '105', 'first_declined', 'The first phone, 603, rang and declined the call.'],
    ['105', '603', 'second_declined', 'The second phone, 603, rang and declined the call.'],
    ['408', '105', 'first_no_answer', 'The first phone, 408, rang for N s, and nobody answered.'],
    ['105', '408', 'second_no_answer', 'The second phone, 408, rang for N s, and nobody answered.'],
    [
      '480',
      '105',
      'first_not_registered',
      'The first phone, 480, never rang: it is not registered with the PBX.',
    ],
    [
      '105',
      '480',
      'second_not_registered',
      'The second phone, 480, never rang: it is not registered with the PBX.',
    ],
    [
      '503',
      '105',
      'first_congestion',
      'The first phone, 503, was not reached: the lines on the way to it are all taken.',
    ],
    [
      '105',
      '503',
      'second_congestion',
      'The second phone, 503, was not reached: the lines on the way to it are all taken.',
    ],
    ['487', '105', 'first_torn_down', 'The first phone, 487, rang, and the call was torn down from outside.'],
    [
      '105',
      '487',
      'second_torn_down',
      'The second phone, 487, rang, and the call was torn down from outside.',
    ],
    ['410', '408', 'first_left_while_second_rang', '410 hung up while 408 rang.'],
    ['104', '105', 'answered_briefly', '104 and 105 were connected for N s; then 104 hung up.'],
    ['105', '104', 'answered_briefly', '105 and 104 were connected for N s; then 104 hung up.'],
  ])('%s to %s: %s', async (dial_first, dial_second, code, says) => {
    const diagnosis = await saidOfClick({ pbx, dial_first, dial_second, timeout: '5' });
    const plain = diagnosis?.says
      .replace(/ \(.*\)/, '')
      .replace(/\d+\.\d s/, 'N s')
      .replace(`the PBX ${pbx}`, 'the PBX');
    expect({ code: diagnosis?.code, says: plain }).toEqual({ code, says });
  });
});

/** A FreeSWITCH of the account, and a call on it that has come so far. */
async function underWay(name: string, dial_second: string, state: CallState) {
  const pbx = await startFreeswitchSandbox({ password: 'canary-pbx', pace: 0.1 });
  onTestFinished(() => pbx.close());
  const { host, port, domain } = pbx;
  await gateway.parts.directory.addPbx(gateway.account.id, name, 'freeswitch', {
    host,
    port,
    domain,
    password: 'canary-pbx',
  });
  const answer = await gateway.click({ pbx: name, dial_first: '105', dial_second, timeout: '600' });
  const id = answer.response.request_id;
  await expect
    .poll(async () => (await gateway.parts.store.journal.callById(id))?.life.state, PATIENCE)
    .toBe(state);
  return { pbx, answer };
}

describe('of a call whose PBX went out of hearing it is said', () => {
  it('that it was lost while the second phone rang', async () => {
    const { pbx, answer } = await underWay('cut-ringing', '408', 'ringing_second');
    pbx.cut();
    pbx.endCalls();
    expect(await said(answer)).toMatchObject({
      code: 'pbx_lost_call',
      says: expect.stringMatching(
        /^The link to the PBX cut-ringing was lost while 408 rang; when it was back /,
      ),
      fault: 'network',
    });
  });

  it('that both were connected, and that nobody heard until when', async () => {
    const { pbx, answer } = await underWay('cut-talking', '105', 'connected');
    pbx.cut();
    pbx.endCalls();
    expect(await said(answer)).toMatchObject({
      code: 'answered_end_not_heard',
      says: '105 and 105 were connected; until when was not heard.',
    });
  });

  it('that it was removed from the account', async () => {
    const { answer } = await underWay('removed', '408', 'ringing_second');
    await gateway.parts.directory.removePbx(gateway.account.id, 'removed');
    expect(await said(answer)).toMatchObject({
      code: 'pbx_removed',
      says: 'The PBX removed was removed from the account while 408 rang; what became of the call is not known.',
    });
  });
});

describe('of a call that was ended on request it is said', () => {
  it.each<[dial_second: string, state: CallState, code: string, says: string]>([
    ['408', 'ringing_second', 'cancelled_on_request', 'The call was ended on request while 408 rang.'],
    [
      '105',
      'connected',
      'answered_briefly',
      '105 and 105 were connected for N s; then the call was ended on request.',
    ],
  ])('how far it had come: %s, %s', async (dial_second, state, code, says) => {
    const { answer } = await underWay(`ended-${dial_second}`, dial_second, state);
    const url = `${gateway.url}/v3/calls/${answer.response.request_id}`;
    const ended = await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${gateway.key}` } });
    expect(ended.ok).toBe(true);
    const diagnosis = await said(answer);
    expect({ code: diagnosis?.code, says: diagnosis?.says.replace(/\d+\.\d s/, 'N s') }).toEqual({
      code,
      says,
    });
  });
});

describe('of a call on a Switchvox it is said', () => {
  const addSwitchvox = async (name: string, faults: SwitchvoxFaults) => {
    const pbx = await startSwitchvoxSandbox({ faults, variant: { auth: 'digest' } });
    onTestFinished(() => pbx.close());
    await gateway.parts.directory.addPbx(gateway.account.id, name, 'switchvox', {
      host: pbx.host,
      port: pbx.port,
      tls: false,
      username: 'click2call',
      password: 'sandbox',
    });
  };

  it('that the box does not tell how far it came', async () => {
    await addSwitchvox('vox', {});
    expect(await saidOfClick({ pbx: 'vox', dial_first: '408', timeout: '5' })).toMatchObject({
      code: 'legs_not_told',
      says: 'The call is over; the PBX vox did not tell how far it came.',
    });
  });

  it('that the box does not show which of two it is', async () => {
    const foreign = { from: '105', to: '101', state: 'talking', duration: 1 };
    await addSwitchvox('twin', { foreignCalls: [foreign] });
    expect(await saidOfClick({ pbx: 'twin', dial_second: '105' })).toMatchObject({
      code: 'not_told_apart',
      says: 'The PBX twin has another call between 101 and 105 and does not show which is which; what became of this one is not known.',
    });
  });
});

describe('of a call that nobody hears of it is said', () => {
  it('that its end was not told, where our login hears no events', async () => {
    const { clock, wait } = clockThatIsSet();
    await using deaf = await startSandboxGateway({}, { read: [] }, {}, clock);
    const answer = await deaf.click({ dial_first: '103', dial_second: '410' });
    await expect.poll(() => deaf.pbx.calls().every(({ state }) => state === 'ended')).toBe(true);
    wait(60_000);
    expect(await said(answer, deaf)).toMatchObject({
      code: 'end_not_told',
      says: 'The PBX main did not tell how the call ended; asked later, it knew nothing of it any more.',
      fault: 'pbx',
    });
  });

  it('that the PBX could not be asked for a day', async () => {
    const { clock, wait } = clockThatIsSet();
    await using later = await startSandboxGateway({}, {}, {}, clock);
    const answer = await later.click({ dial_first: '408', dial_second: '102', timeout: '600' });
    const state = async () =>
      (await later.parts.store.journal.callById(answer.response.request_id))?.life.state;
    await expect.poll(state).toBe('ringing_first');
    later.pbx.stopAccepting();
    later.pbx.cut();
    wait(24 * 3_600_000);
    expect(await said(answer, later)).toMatchObject({
      code: 'pbx_not_asked',
      says: 'The PBX main went out of reach while 408 rang and could not be asked for a day; what became of the call is not known.',
    });
  });

  it('that this kind of PBX can not tell', async () => {
    const pbx = await startHttpSandbox({ template: 'cisco-webdialer', username: 'c2c', secret: SECRET });
    onTestFinished(() => pbx.close());
    const { template, host, port } = pbx;
    const settings = { ...CASES['cisco-webdialer']?.settings, template, host, port, tls: false };
    await gateway.parts.directory.addPbx(gateway.account.id, 'webdialer', 'http', settings);
    expect(await saidOfClick({ pbx: 'webdialer' })).toMatchObject({
      code: 'pbx_cannot_tell',
      says: 'The PBX webdialer took the order; this kind of PBX can not tell what becomes of a call.',
      fault: 'nobody',
    });
  });

  it('that this service was stopped while it gave the order', async () => {
    const { journal } = gateway.parts.store;
    const [pbx] = await gateway.parts.directory.pbxsOf(gateway.account.id);
    const left = opening(gateway.account.id, {
      call: call(gateway.account.id, { life: NEW_LIFE, pbxId: pbx?.id, pbxName: pbx?.name }),
      tender: 'a process that died',
    });
    await journal.open(left);
    expect(await saidOfCall(left.call.id)).toMatchObject({
      code: 'service_stopped_in_order',
      says: 'This service was stopped while it gave the order; asked later, the PBX main knew nothing of the call.',
      fault: 'service',
    });
  });
});
