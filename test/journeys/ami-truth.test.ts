import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asteriskAmi } from '../../src/pbx/asterisk-ami/driver.ts';
import { planFor } from '../../src/pbx/conformance/test-pbx.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { phoneOf } from './phones.ts';
import { againstTruth, PhonePairs, type TruthCase } from './truth.ts';
import { TRUTHS } from './truths.ts';
import { startWatch, type Watch } from './watch.ts';

const pairs = new PhonePairs(12);
let lab: Asterisk;
let watch: Watch;

beforeAll(async () => {
  lab = await startAsterisk({ endpoints: pairs.endpoints });
  // The login that hears no more than the setup guide's filters let through.
  const { username, secret } = lab.amiUsers.lean;
  watch = startWatch(asteriskAmi, { host: '127.0.0.1', port: String(lab.amiPort), username, secret });
});

afterAll(async () => {
  await watch[Symbol.asyncDispose]();
  await lab.stop();
});

/** In which words the manager interface has a cause that no number tells. */
const TEXTS: Readonly<Record<string, TruthCase['cause']>> = {
  'the second does not answer': ['second', { text: 'NOANSWER' }],
  'the first has no phone': ['first', { text: 'UNAVAILABLE', phone: 'unregistered' }],
  'the second has no phone': ['second', { text: 'UNAVAILABLE', phone: 'unregistered' }],
};

describe.concurrent('what is told of a call is what its phones saw', () => {
  it.each(TRUTHS)('$what', async (common) => {
    const cause = TEXTS[common.what];
    const truth = cause === undefined ? common : { ...common, cause };
    expect(await againstTruth(watch, lab, pairs, truth)).toEqual([]);
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
    const { answered } = await silent.stop();
    expect(answered).toBe(0);
    await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
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
      secondShows: '"Boss" <+12125550100>',
    });
    expect((await boss.report()).rang).toBe(0);
    const call = await watch.place('201', '102', { callerIdName: 'Back to you' });
    await call.untilOver();
    const [invite] = (await boss.report()).invites;
    expect(invite?.shown).toEqual({ name: 'Back to you', number: '102' });
  });

  it('says of an extension without a phone that it has none, and of a number that it may not be dialled', async () => {
    const explained = await watch.session.explain?.(planFor(['109', '12125551234']));
    expect(explained).toMatchObject({ firstPhone: 'unregistered', secondExists: false });
  });
});
