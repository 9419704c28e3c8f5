import { expect, it } from 'vitest';
import { asteriskAri } from '../../src/pbx/asterisk-ari/driver.ts';
import { startAsterisk } from '../lab/asterisk.ts';
import { startGateway } from './gateway.ts';
import { elapsed, onlyCall, phoneOf } from './phones.ts';
import { againstTruth, PhonePairs } from './truth.ts';
import { TRUTHS } from './truths.ts';
import { startWatch } from './watch.ts';

it('on Asterisk 16 both talk, and a second phone that never answers is let go in time', async () => {
  await using lab = await startAsterisk({ release: 'bullseye' });
  expect(await lab.cli('core show version')).toContain('Asterisk 16.');
  await using gateway = await startGateway(lab);
  {
    await using alice = await phoneOf(lab, '101');
    await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
    const order = { dial_first: '101', dial_second: '102', dial_as: '103' };
    expect((await gateway.click(order)).response).toMatchObject({ status: 'success', errors: [] });
    const [first, second] = [onlyCall(await alice.result()), onlyCall(await bob.result())];
    expect(elapsed(first.answeredAt, second.invite.at)).toBeGreaterThanOrEqual(0);
    expect(first.invite.shown).toEqual({ name: 'Call to', number: '102' });
    expect(second.invite.shown).toEqual({ name: 'Carol', number: '103' });
  }
  await using dan = await phoneOf(lab, '104');
  await using erin = await phoneOf(lab, '105', { behaviour: 'silent' });
  await gateway.click({ dial_first: '104', dial_second: '105', dial_as: '103', timeout: 3 });
  const [first, second] = [onlyCall(await dan.result()), onlyCall(await erin.result())];
  expect(Math.abs(elapsed(second.ringingAt, second.cancelledAt) - 3000)).toBeLessThan(2000);
  expect(Math.abs(elapsed(second.cancelledAt, first.endedAt))).toBeLessThan(2000);
}, 120_000);

it('on Asterisk 16 ARI tells of a call what its phones saw', async () => {
  const pairs = new PhonePairs(6);
  await using lab = await startAsterisk({ release: 'bullseye', endpoints: pairs.endpoints });
  const { username, secret: password } = lab.ariUser;
  const settings = { host: '127.0.0.1', port: String(lab.httpPort), username, password };
  await using watch = startWatch(asteriskAri, settings);
  // A channel that is dialled straight gives no SIP status there yet, and no cause where its time was up.
  const wanted =
    /second (?:hangs up|is busy|declines|does not answer|has no phone)|first (?:hangs up|does not)|second rings/;
  const truths = TRUTHS.filter(({ what }) => wanted.test(what)).map((truth) =>
    truth.cause?.[0] === 'first' ? { ...truth, cause: ['first', {}] as const } : truth,
  );
  expect(truths.length).toBeGreaterThan(6);
  for (const truth of truths)
    expect([truth.what, await againstTruth(watch, lab, pairs, truth)]).toEqual([truth.what, []]);
}, 120_000);
