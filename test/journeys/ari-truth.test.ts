import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asteriskAriOutbound } from '../../src/pbx/asterisk-ari-outbound/driver.ts';
import { asteriskAri } from '../../src/pbx/asterisk-ari/driver.ts';
import { planFor } from '../../src/pbx/conformance/test-pbx.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { comeIn, startDoor, type Door } from './ari-door.ts';
import { phoneOf } from './phones.ts';
import { againstTruth, PhonePairs } from './truth.ts';
import { TRUTHS } from './truths.ts';
import { startWatch, type Watch } from './watch.ts';

const pairs = new PhonePairs(12);
const pairsBehindNat = new PhonePairs(12);
let lab: Asterisk;
let watch: Watch;
/** Its own Asterisk, which comes to us. */
let behindNat: Asterisk;
let door: Door;
let outbound: Watch;

beforeAll(async () => {
  door = await startDoor();
  [lab, behindNat] = await Promise.all([
    startAsterisk({ endpoints: pairs.endpoints }),
    startAsterisk({ endpoints: pairsBehindNat.endpoints }),
  ]);
  const { username, secret: password } = lab.ariUser;
  watch = startWatch(asteriskAri, { host: '127.0.0.1', port: String(lab.httpPort), username, password });
  outbound = startWatch(asteriskAriOutbound, {}, door.links);
  await comeIn(behindNat, door);
});

afterAll(async () => {
  await watch[Symbol.asyncDispose]();
  await outbound[Symbol.asyncDispose]();
  await Promise.all([lab.stop(), behindNat.stop()]);
  await door.close();
});

/** An order for a first phone that is registered nowhere is not taken, so no call is to be told of. */
const TAKEN = TRUTHS.filter(({ first }) => first !== 'absent');

describe.concurrent('what is told of a call over ARI is what its phones saw', () => {
  it.each(TAKEN)('$what', async (truth) => {
    expect(await againstTruth(watch, lab, pairs, truth)).toEqual([]);
  });
});

describe.concurrent('and the same where the PBX connects to us', () => {
  it.each(TAKEN)('$what', async (truth) => {
    expect(await againstTruth(outbound, behindNat, pairsBehindNat, truth)).toEqual([]);
  });
});

describe('ending a call', () => {
  it('works at the very moment at which the PBX has taken it, each time', async () => {
    await using silent = await phoneOf(lab, '101', { behaviour: 'silent', calls: 20 });
    for (let round = 0; round < 20; round++) {
      const call = await watch.place('101', '102');
      await call.hangUp();
      await call.untilOver(5_000);
      expect(call.life).toMatchObject({ disposition: 'cancelled', endedBy: 'api' });
    }
    expect(await silent.stop()).toMatchObject({ answered: 0 });
    await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
  });

  it('works at the very moment at which the first phone answers, each time, and no second rings after it', async () => {
    await using first = await phoneOf(lab, '101', { answerAfterMs: 50, calls: 10 });
    await using second = await phoneOf(lab, '102', { behaviour: 'silent', calls: 10 });
    for (let round = 0; round < 10; round++) {
      const call = await watch.place('101', '102');
      await call.until(({ legs: [leg] }) => leg.answeredAt !== undefined);
      await call.hangUp();
      await call.untilOver(5_000);
      expect(call.life).toMatchObject({ disposition: 'cancelled', endedBy: 'api' });
    }
    expect((await first.stop()).answered).toBe(10);
    const { rang, cancelled } = await second.stop();
    expect(cancelled, 'whichever rang was let go').toBe(rang);
    await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
    await expect.poll(async () => (await lab.cli('bridge show all')).trim().split('\n')).toHaveLength(1);
  });
});

describe('explaining a call', () => {
  it('says what the PBX would do, and it does that', async () => {
    await using boss = await phoneOf(lab, '201', { hangUpAfterMs: 300 });
    const explained = await watch.session.explain?.(planFor(['201', '12125551234']));
    expect(explained).toMatchObject({
      dialAs: '201',
      rights: 'longdistance',
      firstPhone: 'registered',
      secondExists: true,
      firstShows: '"Call to" <12125551234>',
      secondShows: '"Boss" <+12125550100>',
    });
    expect((await boss.report()).rang).toBe(0);
    await using carrier = await phoneOf(lab, 'carrier');
    const call = await watch.place('201', '12125551234');
    await call.untilOver();
    expect((await boss.report()).invites[0]?.shown).toEqual({ name: 'Call to', number: '12125551234' });
    expect((await carrier.report()).invites[0]?.shown).toEqual({ name: 'Boss', number: '+12125550100' });
  });

  it('says of an extension without a phone that it has none, and of a number that it may not be dialled', async () => {
    expect(await watch.session.explain?.(planFor(['109', '12125551234']))).toMatchObject({
      firstPhone: 'unregistered',
      secondExists: false,
    });
  });

  it('and an order for such a phone is refused, and says why', async () => {
    await expect(watch.place('109', '102')).rejects.toMatchObject({
      phase: 'refused',
      code: 'phone_unregistered',
      said: 'Allocation failed',
    });
  });
});
