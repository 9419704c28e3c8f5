import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { CallPlan } from '../../src/calls/call.ts';
import { createAddressGuard } from '../../src/kit/address-guard.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { newId } from '../../src/kit/ids.ts';
import { createLogger } from '../../src/kit/logger.ts';
import { asteriskAri } from '../../src/pbx/asterisk-ari/driver.ts';
import { isEndOf, PbxError, type PbxEvent, type PbxSession, type Settings } from '../../src/pbx/contract.ts';
import { readSettings } from '../../src/pbx/settings.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { keepChild } from '../lab/kept-child.ts';
import { startGatewayProcess } from './gateway.ts';
import { CLOCKS_MS, elapsed, onlyCall, phoneOf } from './phones.ts';

const outside = '12125551234';
const boss = { name: 'Boss', number: '+12125550100' };
/** The seconds that each leg may ring in these tests, and how far off the letting go may be. */
const timeout = 3;
const tolerance = 2000;

let lab: Asterisk;
let session: PbxSession;
const events: PbxEvent[] = [];

beforeAll(async () => {
  lab = await startAsterisk({
    endpoints: [{ name: '121', context: 'longdistance', callerId: '"Zoë [1], O\'Neil :)" <+12125550121>' }],
  });
  session = openSession();
});

afterAll(async () => {
  await session.close();
  await lab.stop();
});

function settings(more: Readonly<Record<string, string>> = {}): Settings {
  const { username, secret } = lab.ariUser;
  const where = { host: '127.0.0.1', port: lab.httpPort, username, password: secret };
  const reading = readSettings(asteriskAri.manifest, { ...where, named_extensions: true, ...more });
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.settings;
}

function openSession(more: Readonly<Record<string, string>> = {}): PbxSession {
  return asteriskAri.open(settings(more), {
    clock: systemClock,
    log: createLogger('fatal'),
    guard: createAddressGuard(true, []),
    emit: (event) => events.push(event),
  });
}

function planFor(first: string, second: string, dialAs?: string): CallPlan {
  const callId = newId();
  return { callId, channelId: `c2c-${callId}`, first, second, dialAs, timeoutSeconds: timeout };
}

async function click(first: string, second: string, dialAs?: string): Promise<CallPlan> {
  const plan = planFor(first, second, dialAs);
  await session.originate(plan);
  return plan;
}

async function failure(work: Promise<unknown>): Promise<PbxError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PbxError)) throw new Error(`No PbxError: ${String(error)}`);
  return error;
}

/** Nothing is left on the PBX: no channel, no bridge, no probe. */
async function untilQuiet(): Promise<void> {
  await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
  await expect.poll(async () => (await lab.cli('bridge show all')).trim().split('\n')).toHaveLength(1);
}

async function accountsOf(plan: CallPlan): Promise<(string | undefined)[]> {
  const records = await lab.cdr();
  return records
    .filter((record) => record.includes(`"${plan.channelId}`))
    .map((record) => /^"(.*?)"/.exec(record)?.[1]);
}

describe('both legs over ARI', () => {
  it('the second rings when the first has answered; both talk, and see each other', async () => {
    await using alice = await phoneOf(lab, '101', { answerAfterMs: 800 });
    await using bob = await phoneOf(lab, '102', { answerAfterMs: 400, hangUpAfterMs: 1500 });
    const plan = await click('101', '102');
    expect(await session.lookUp(plan.channelId)).toBe('alive');
    const [first, second] = [await alice.result(), await bob.result()];
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    const [one, two] = [onlyCall(first), onlyCall(second)];
    expect(one.invite.shown).toEqual({ name: 'Call to', number: '102' });
    expect(one.updates.at(-1)?.shown).toEqual({ name: 'Bob', number: '102' });
    expect(two.invite.shown).toEqual({ name: 'Alice', number: '101' });
    expect(elapsed(one.answeredAt, two.invite.at)).toBeGreaterThanOrEqual(0);
    expect(elapsed(one.answeredAt, two.invite.at), 'at once').toBeLessThan(tolerance);
    expect(elapsed(two.answeredAt, one.endedAt)).toBeGreaterThanOrEqual(1400);
    expect(elapsed(two.answeredAt, one.endedAt)).toBeLessThan(1500 + tolerance);
    await untilQuiet();
    await expect.poll(() => events.some((event) => isEndOf(event, plan.channelId))).toBe(true);
    expect(await session.lookUp(plan.channelId)).toBe('gone');
  });

  it('the first hangs up: the second is let go', async () => {
    await using alice = await phoneOf(lab, '101', { hangUpAfterMs: 1500 });
    await using bob = await phoneOf(lab, '102');
    await click('101', '102');
    const [one, two] = [onlyCall(await alice.result()), onlyCall(await bob.result())];
    expect(Math.abs(elapsed(one.endedAt, two.endedAt))).toBeLessThan(tolerance);
    await untilQuiet();
  });

  it('talk for longer than both may ring', async () => {
    await using alice = await phoneOf(lab, '101');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 9000 });
    await click('101', '102');
    const [one, two] = [onlyCall(await alice.result()), onlyCall(await bob.result())];
    expect(elapsed(two.answeredAt, one.endedAt)).toBeGreaterThanOrEqual(8900);
  });

  it.each([
    ['busy', 486],
    ['decline', 603],
    ['unavailable', 480],
    ['congestion', 503],
  ] as const)('a first phone that is %s ends it, and the second never rings', async (behaviour, status) => {
    await using first = await phoneOf(lab, '101', { behaviour });
    await using second = await phoneOf(lab, '102');
    await click('101', '102');
    expect(onlyCall(await first.result()).status).toBe(status);
    await untilQuiet();
    expect(await second.stop()).toMatchObject({ rang: 0 });
  });

  it.each([
    ['busy', 486],
    ['decline', 603],
    ['unavailable', 480],
    ['congestion', 503],
  ] as const)('a second phone that is %s ends the call of the first', async (behaviour, status) => {
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { behaviour });
    await click('101', '102');
    const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
    expect(two.status).toBe(status);
    expect(elapsed(one.answeredAt, one.endedAt)).toBeLessThan(tolerance);
    await untilQuiet();
  });

  it('a first phone that is silent is let go in time', async () => {
    await using first = await phoneOf(lab, '101', { behaviour: 'silent' });
    await click('101', '102');
    const { ringingAt, cancelledAt } = onlyCall(await first.result());
    expect(Math.abs(elapsed(ringingAt, cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    await untilQuiet();
  });

  it('a second phone that is silent is let go in time, and so is the first', async () => {
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { behaviour: 'silent' });
    await click('101', '102');
    const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
    expect(Math.abs(elapsed(two.ringingAt, two.cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    expect(Math.abs(elapsed(two.cancelledAt, one.endedAt))).toBeLessThan(tolerance);
    await untilQuiet();
  });

  it('a first phone that is registered nowhere is refused at once, in the words of the PBX', async () => {
    const error = await failure(click('109', '102'));
    expect(error).toMatchObject({ phase: 'refused', code: 'phone_unregistered', said: 'Allocation failed' });
    expect(error.remedy).toContain('no phone is registered');
    await untilQuiet();
  });
});

describe('dialling as another, over ARI', () => {
  it('what the context of the first may not call is refused before anybody rings', async () => {
    await using alice = await phoneOf(lab, '101');
    const error = await failure(click('101', outside));
    expect(error).toMatchObject({ code: 'extension_unknown', said: 'Extension does not exist.' });
    expect(await alice.stop()).toMatchObject({ rang: 0 });
    await untilQuiet();
  });

  it('one who may lends rights, caller ID and account', async () => {
    await using alice = await phoneOf(lab, '101');
    await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 300 });
    const plan = await click('101', outside, '201');
    const [first, second] = [onlyCall(await alice.result()), onlyCall(await carrier.result())];
    expect(first.invite.shown).toEqual({ name: 'Call to', number: outside });
    expect(second.invite.requestUri).toMatch(`sip:${outside}@`);
    expect(second.invite.shown).toEqual(boss);
    await expect.poll(() => accountsOf(plan)).toContain('board');
    expect(new Set(await accountsOf(plan))).toEqual(new Set(['board']));
  });

  it('an outside number first is called with those rights; the second sees who was dialled as', async () => {
    await using carrier = await phoneOf(lab, 'carrier');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
    await click(outside, '102', '201');
    const [first, second] = [onlyCall(await carrier.result()), onlyCall(await bob.result())];
    expect(first.invite.requestUri).toMatch(`sip:${outside}@`);
    expect(second.invite.at).toBeGreaterThanOrEqual(Number(first.answeredAt) - CLOCKS_MS);
    expect(second.invite.shown).toEqual(boss);
  });

  it('shows a name with every special character as it is', async () => {
    await using alice = await phoneOf(lab, '101');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
    await click('101', '102', '121');
    await alice.result();
    const { shown } = onlyCall(await bob.result()).invite;
    expect(shown).toEqual({ name: "Zoë [1], O'Neil :)", number: '+12125550121' });
  });

  it('works through a dialplan like that of FreePBX', async () => {
    const freepbx = openSession({ preset: 'freepbx' });
    onTestFinished(() => freepbx.close());
    await using frida = await phoneOf(lab, '301');
    await using gus = await phoneOf(lab, '302', { hangUpAfterMs: 300 });
    await freepbx.originate(planFor('301', '302'));
    const [first, second] = [onlyCall(await frida.result()), onlyCall(await gus.result())];
    expect(first.answeredAt).not.toBeNull();
    expect(second.invite.shown).toEqual({ name: 'Frida', number: '301' });
  });
});

describe('when the process is killed', () => {
  const script = fileURLToPath(new URL('ari-process.ts', import.meta.url));

  /** Makes a call in a process of its own; `kill` is `kill -9`. */
  async function clickElsewhere(plan: CallPlan): Promise<{ kill(): Promise<void> }> {
    const folder = await mkdtemp(join(tmpdir(), 'c2c-ari-'));
    const args = [script, JSON.stringify(settings()), JSON.stringify(plan)];
    const child = await keepChild([process.execPath], args, { folder, output: join(folder, 'output') });
    onTestFinished(async () => {
      await child.kill();
      await rm(folder, { recursive: true, force: true });
    });
    return child;
  }

  it('while the first phone rings, the PBX lets it go in time', async () => {
    await using first = await phoneOf(lab, '101', { behaviour: 'silent' });
    const process = await clickElsewhere(planFor('101', '102'));
    await first.rang();
    await process.kill();
    const { ringingAt, cancelledAt } = onlyCall(await first.result());
    expect(Math.abs(elapsed(ringingAt, cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    await untilQuiet();
  });

  it('while the second phone rings, the PBX lets both go in time; what is left is cleared up later', async () => {
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { behaviour: 'silent' });
    const process = await clickElsewhere(planFor('101', '102'));
    await second.rang();
    await process.kill();
    const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
    expect(Math.abs(elapsed(two.ringingAt, two.cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    expect(Math.abs(elapsed(two.cancelledAt, one.endedAt)), 'the PBX waits a second for us').toBeLessThan(
      tolerance + 1000,
    );
    const next = openSession();
    onTestFinished(() => next.close());
    await next.lookUp('c2c-none');
    await untilQuiet();
  });

  it('while both talk, they go on talking, and the next process sees to their end', async () => {
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { hangUpAfterMs: 6000 });
    const process = await clickElsewhere(planFor('101', '102'));
    await second.rang();
    await expect.poll(async () => (await second.report()).answered).toBe(1);
    await process.kill();
    const next = openSession();
    onTestFinished(() => next.close());
    await next.lookUp('c2c-none');
    const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
    expect(elapsed(two.answeredAt, one.endedAt)).toBeGreaterThanOrEqual(5900);
    expect(Math.abs(elapsed(one.endedAt, two.endedAt))).toBeLessThan(tolerance);
    await untilQuiet();
  });
});

describe('when the service is killed and started again', { timeout: 120_000 }, () => {
  it('in time for the first answer, the call goes on as if nothing had been: it waits for no silence', async () => {
    await using service = await startGatewayProcess(lab, { driver: 'asterisk-ari', settings: settings() });
    // A start takes a second, and on a machine that carries ten times as much some more.
    await using first = await phoneOf(lab, '101', { answerAfterMs: 15_000 });
    await using second = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
    await service.click({ dial_first: '101', dial_second: '102', timeout: 30 });
    await first.rang();
    await service.kill();
    await service.start();
    const [one, two] = [onlyCall(await first.result(40_000)), onlyCall(await second.result())];
    expect(elapsed(one.answeredAt, two.invite.at)).toBeGreaterThanOrEqual(0);
    expect(elapsed(two.endedAt, one.endedAt)).toBeLessThan(tolerance);
    await untilQuiet();
  });

  it('while both talk, the hang-up of one side reaches the other', async () => {
    await using service = await startGatewayProcess(lab, { driver: 'asterisk-ari', settings: settings() });
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { hangUpAfterMs: 4_000 });
    await service.click({ dial_first: '101', dial_second: '102', timeout: 5 });
    await second.rang();
    await expect.poll(async () => (await second.report()).answered).toBe(1);
    await service.kill();
    await second.result(20_000);
    expect(await lab.cli('core show channels count'), 'nobody is there to see to it').toContain('1 active');
    await service.start();
    await first.result(20_000);
    await untilQuiet();
  });
});

it('the doctor finds the PBX good, and rings nobody', async () => {
  const findings = await Array.fromAsync(session.examine('101'));
  expect(findings.filter(({ level, check }) => level !== 'ok' && check !== 'phone')).toEqual([]);
  expect(findings.map(({ check }) => check)).toContain('version');
  await untilQuiet();
});
