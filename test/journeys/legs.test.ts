import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { startGateway, startGatewayProcess, type Gateway } from './gateway.ts';
import { elapsed, onlyCall, phoneOf } from './phones.ts';

/** The seconds that each leg may ring in these tests, and how far off the letting go may be. */
const timeout = 3;
const tolerance = 1000;

let lab: Asterisk;
let gateway: Gateway;

beforeAll(async () => {
  lab = await startAsterisk();
  gateway = await startGateway(lab);
});

afterAll(async () => {
  await gateway.close();
  await lab.stop();
});

/** The PBX took the order: what becomes of a leg is another matter. */
async function clickSucceeds(dial_first: string, dial_second: string): Promise<void> {
  const { response } = await gateway.click({ dial_first, dial_second, timeout });
  expect(response).toMatchObject({ status: 'success', errors: [] });
}

/** Every channel of the PBX is gone: nothing waits for anybody any more. */
async function untilQuiet(): Promise<void> {
  await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
}

describe('a first phone that', () => {
  it.each([
    ['is busy', 'busy', 486],
    ['is declined', 'decline', 603],
    ['is unavailable', 'unavailable', 480],
    ['is congested', 'congestion', 503],
  ] as const)('%s ends the call, and the second never rings', async (_is, behaviour, status) => {
    await using first = await phoneOf(lab, '101', { behaviour });
    await using second = await phoneOf(lab, '102');
    await clickSucceeds('101', '102');
    const report = await first.result();
    expect({ exitCode: report.exitCode, status: onlyCall(report).status }).toEqual({ exitCode: 0, status });
    await untilQuiet();
    expect(await second.stop()).toMatchObject({ rang: 0 });
  });

  it('never answers is let go in time, and the second never rings', async () => {
    await using first = await phoneOf(lab, '101', { behaviour: 'silent' });
    await using second = await phoneOf(lab, '102');
    await clickSucceeds('101', '102');
    const report = await first.result();
    const { ringingAt, cancelledAt } = onlyCall(report);
    expect(report.exitCode).toBe(0);
    expect(Math.abs(elapsed(ringingAt, cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    await untilQuiet();
    expect(await second.stop()).toMatchObject({ rang: 0 });
  });

  it('is registered nowhere ends the call, and the second never rings', async () => {
    await using second = await phoneOf(lab, '102');
    await clickSucceeds('109', '102');
    await untilQuiet();
    expect(await second.stop()).toMatchObject({ rang: 0 });
  });
});

describe('a second phone that', () => {
  it.each([
    ['is busy', 'busy', 486],
    ['is declined', 'decline', 603],
    ['is unavailable', 'unavailable', 480],
    ['is congested', 'congestion', 503],
  ] as const)('%s ends the call of the first, who had answered', async (_is, behaviour, status) => {
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { behaviour });
    await clickSucceeds('101', '102');
    const [one, two] = [await first.result(), await second.result()];
    expect([one.exitCode, two.exitCode]).toEqual([0, 0]);
    expect(onlyCall(two).status).toBe(status);
    const { answeredAt, endedAt } = onlyCall(one);
    expect(elapsed(answeredAt, endedAt)).toBeLessThan(2000);
  });

  it('never answers is let go in time, and so is the first', async () => {
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { behaviour: 'silent' });
    await clickSucceeds('101', '102');
    const [one, two] = [await first.result(), await second.result()];
    expect([one.exitCode, two.exitCode]).toEqual([0, 0]);
    const { ringingAt, cancelledAt } = onlyCall(two);
    expect(Math.abs(elapsed(ringingAt, cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    expect(Math.abs(elapsed(cancelledAt, onlyCall(one).endedAt))).toBeLessThan(tolerance);
  });

  it('is registered nowhere ends the call of the first, who had answered', async () => {
    await using first = await phoneOf(lab, '101');
    await clickSucceeds('101', '109');
    const report = await first.result();
    expect(report.exitCode).toBe(0);
    const { answeredAt, endedAt } = onlyCall(report);
    expect(elapsed(answeredAt, endedAt)).toBeLessThan(2000);
  });
});

describe('when the service is killed', () => {
  it('while the first phone rings, the PBX lets it go in time', async () => {
    await using killed = await startGatewayProcess(lab);
    await using first = await phoneOf(lab, '101', { behaviour: 'silent' });
    await using second = await phoneOf(lab, '102');
    await killed.click({ dial_first: '101', dial_second: '102', timeout });
    await first.rang();
    await killed.kill();
    const { ringingAt, cancelledAt } = onlyCall(await first.result());
    expect(Math.abs(elapsed(ringingAt, cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    await untilQuiet();
    expect(await second.stop()).toMatchObject({ rang: 0 });
  });

  it('before the first phone answers, the second still rings, and both are let go in time', async () => {
    await using killed = await startGatewayProcess(lab);
    await using first = await phoneOf(lab, '101', { answerAfterMs: 1000 });
    await using second = await phoneOf(lab, '102', { behaviour: 'silent' });
    await killed.click({ dial_first: '101', dial_second: '102', timeout });
    await first.rang();
    await killed.kill();
    const killedAt = Date.now();
    const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
    expect(elapsed(killedAt, one.answeredAt), 'it was killed before the answer').toBeGreaterThan(0);
    expect(Math.abs(elapsed(two.ringingAt, two.cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    expect(Math.abs(elapsed(two.cancelledAt, one.endedAt))).toBeLessThan(tolerance);
  });

  it('while the second phone rings, the PBX lets both go in time', async () => {
    await using killed = await startGatewayProcess(lab);
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { behaviour: 'silent' });
    await killed.click({ dial_first: '101', dial_second: '102', timeout });
    await second.rang();
    await killed.kill();
    const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
    expect(Math.abs(elapsed(two.ringingAt, two.cancelledAt) - timeout * 1000)).toBeLessThan(tolerance);
    expect(Math.abs(elapsed(two.cancelledAt, one.endedAt))).toBeLessThan(tolerance);
  });

  it('while both talk, they go on talking', async () => {
    await using killed = await startGatewayProcess(lab);
    await using first = await phoneOf(lab, '101');
    await using second = await phoneOf(lab, '102', { hangUpAfterMs: 1500 });
    await killed.click({ dial_first: '101', dial_second: '102', timeout });
    await expect.poll(async () => (await second.report()).answered).toBe(1);
    await killed.kill();
    const [one, two] = [await first.result(), await second.result()];
    expect([one.exitCode, two.exitCode]).toEqual([0, 0]);
    expect(elapsed(onlyCall(two).answeredAt, onlyCall(one).endedAt)).toBeGreaterThanOrEqual(1400);
  });
});
