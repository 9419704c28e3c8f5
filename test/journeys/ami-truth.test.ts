import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallLife } from '../../src/calls/life.ts';
import { asteriskAmi } from '../../src/pbx/asterisk-ami/driver.ts';
import { planFor } from '../../src/pbx/conformance/test-pbx.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { phoneOf } from './phones.ts';
import { againstTruth, PhonePairs, type PhonePlan, type TruthCase } from './truth.ts';
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

const ANSWERS: PhonePlan = { answerAfterMs: 300 };
const HANGS_UP: PhonePlan = { answerAfterMs: 300, hangUpAfterMs: 1000 };
const LEAVES: PhonePlan = { answerAfterMs: 200, hangUpAfterMs: 700 };
const SILENT: PhonePlan = { behaviour: 'silent' };
const BUSY: PhonePlan = { behaviour: 'busy', refuseAfterMs: 400 };
const DECLINES: PhonePlan = { behaviour: 'decline', refuseAfterMs: 400 };
const CONGESTED: PhonePlan = { behaviour: 'congestion' };

const firstRings = ({ state }: CallLife) => state === 'ringing_first';
const secondRings = ({ state }: CallLife) => state === 'ringing_second';
const bothTalk = ({ state }: CallLife) => state === 'connected';

const TRUTHS: readonly TruthCase[] = [
  {
    what: 'the second hangs up',
    first: ANSWERS,
    second: HANGS_UP,
    disposition: 'answered',
    endedBy: 'second',
  },
  { what: 'the first hangs up', first: HANGS_UP, second: ANSWERS, disposition: 'answered', endedBy: 'first' },
  {
    what: 'we hang up while both talk',
    first: ANSWERS,
    second: ANSWERS,
    weEndIt: bothTalk,
    disposition: 'answered',
    endedBy: 'api',
  },
  {
    what: 'we hang up while the first rings',
    first: SILENT,
    second: ANSWERS,
    weEndIt: firstRings,
    disposition: 'cancelled',
    endedBy: 'api',
  },
  {
    what: 'we hang up while the second rings',
    first: ANSWERS,
    second: SILENT,
    weEndIt: secondRings,
    disposition: 'cancelled',
    endedBy: 'api',
  },
  {
    what: 'the first leaves while the second rings',
    first: LEAVES,
    second: SILENT,
    disposition: 'cancelled',
    endedBy: 'first',
  },
  {
    what: 'the first is busy',
    first: BUSY,
    second: ANSWERS,
    disposition: 'busy',
    endedBy: 'first',
    cause: ['first', { q850: 17, sip: 486, text: 'User busy' }],
  },
  {
    what: 'the second is busy',
    first: ANSWERS,
    second: BUSY,
    disposition: 'busy',
    endedBy: 'second',
    cause: ['second', { q850: 17, sip: 486, text: 'User busy' }],
  },
  {
    what: 'the first declines',
    first: DECLINES,
    second: ANSWERS,
    disposition: 'declined',
    endedBy: 'first',
    cause: ['first', { q850: 21, sip: 603, text: 'Call Rejected' }],
  },
  {
    what: 'the second declines',
    first: ANSWERS,
    second: DECLINES,
    disposition: 'declined',
    endedBy: 'second',
    cause: ['second', { q850: 21, sip: 603, text: 'Call Rejected' }],
  },
  {
    what: 'the first does not answer',
    first: SILENT,
    second: ANSWERS,
    disposition: 'no_answer',
    endedBy: 'pbx',
    cause: ['first', { q850: 19, text: 'User alerting, no answer' }],
  },
  {
    what: 'the second does not answer',
    first: ANSWERS,
    second: SILENT,
    disposition: 'no_answer',
    endedBy: 'pbx',
    cause: ['second', { text: 'NOANSWER' }],
  },
  {
    what: 'the first has no phone',
    first: 'absent',
    second: ANSWERS,
    disposition: 'unavailable',
    endedBy: 'pbx',
    cause: ['first', { text: 'UNAVAILABLE', phone: 'unregistered' }],
  },
  {
    what: 'the second has no phone',
    first: ANSWERS,
    second: 'absent',
    disposition: 'unavailable',
    endedBy: 'pbx',
    cause: ['second', { text: 'UNAVAILABLE', phone: 'unregistered' }],
  },
  {
    what: 'the way to the first is congested',
    first: CONGESTED,
    second: ANSWERS,
    disposition: 'congestion',
    endedBy: 'pbx',
    cause: ['first', { q850: 34, sip: 503 }],
  },
  {
    what: 'the way to the second is congested',
    first: ANSWERS,
    second: CONGESTED,
    disposition: 'congestion',
    endedBy: 'pbx',
    cause: ['second', { q850: 34, sip: 503 }],
  },
  {
    what: 'the first phone is switched to do not disturb',
    first: { behaviour: 'unavailable' },
    second: ANSWERS,
    disposition: 'no_answer',
    endedBy: 'pbx',
    cause: ['first', { q850: 19, sip: 480 }],
  },
];

describe.concurrent('what is told of a call is what its phones saw', () => {
  it.each(TRUTHS)('$what', async (truth) => {
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
    expect(await lab.cli('core show channels count')).toContain('0 active channels');
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
