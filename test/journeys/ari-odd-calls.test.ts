import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallLife } from '../../src/calls/life.ts';
import { asteriskAri } from '../../src/pbx/asterisk-ari/driver.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import type { Phone, PhoneOptions } from '../lab/phone.ts';
import { phoneOf } from './phones.ts';
import { startWatch, type Watch, type WatchedCall } from './watch.ts';

/* What the setup guide says of calls that do not go the straight way. */

/** As many as all the tests need: what comes late for one call would disturb another's phone. */
const NUMBERS = Array.from({ length: 48 }, (_, index) => String(110 + index));
const DIALPLAN = `
[odd]
include => internal
exten => _grpXXXXXX,1,Dial(PJSIP/\${EXTEN:3:3}&PJSIP/\${EXTEN:6},10)
exten => _overXXXXXX,1,Dial(PJSIP/\${EXTEN:4:3},10)
 same => n,Dial(PJSIP/\${EXTEN:7},10)
exten => _waitXXX,1,Dial(PJSIP/\${EXTEN:4},1)
 same => n,Hangup()
exten => machine,1,Answer()
 same => n,Wait(1)
 same => n,Hangup()
`;

type PhonePlan = Partial<Omit<PhoneOptions, 'port'>>;

let lab: Asterisk;
let watches: Watch[];
let watch: Watch;
/** Rings the first phone as FreePBX does: by what the dialplan has for the number. */
let throughDialplan: Watch;
/** Rings the second phone itself. */
let straight: Watch;

function watchWith(settings: Readonly<Record<string, string>>): Watch {
  const { username, secret: password } = lab.ariUser;
  const login = { host: '127.0.0.1', port: String(lab.httpPort), username, password };
  const opened = startWatch(asteriskAri, { ...login, context: 'odd', named_extensions: 'true', ...settings });
  watches.push(opened);
  return opened;
}

beforeAll(async () => {
  watches = [];
  lab = await startAsterisk({
    endpoints: NUMBERS.map((name) => ({ name, callerId: `<${name}>`, context: 'internal' })),
    append: { 'extensions.conf': DIALPLAN },
  });
  watch = watchWith({});
  throughDialplan = watchWith({ app: 'through-dialplan', first_channel: 'Local/{first}@{context}/n' });
  straight = watchWith({ app: 'straight', second_channel: 'PJSIP/{second}' });
});

afterAll(async () => {
  for (const opened of watches) await opened[Symbol.asyncDispose]();
  await lab.stop();
});

const ANSWERS: PhonePlan = {};
const SILENT: PhonePlan = { behaviour: 'silent' };
const BUSY: PhonePlan = { behaviour: 'busy', refuseAfterMs: 300 };
const DECLINES: PhonePlan = { behaviour: 'decline', refuseAfterMs: 500 };

const free = [...NUMBERS];

/**
 * Plays a test with phones that are so, at numbers of its own. One that forwards or transfers names the last of them.
 */
async function withPhones(
  plans: readonly PhonePlan[],
  play: (numbers: readonly string[], phones: readonly Phone[]) => Promise<void>,
): Promise<void> {
  const numbers = free.splice(0, plans.length);
  if (numbers.length < plans.length) throw new Error('More phones than there are numbers.');
  const phones: Phone[] = [];
  const to = numbers.at(-1) ?? '';
  try {
    for (const [index, plan] of plans.entries())
      phones.push(await phoneOf(lab, numbers[index] ?? '', { ...plan, to }));
    await play(numbers, phones);
  } finally {
    await Promise.all(phones.map(endOf));
  }
}

/** A phone that was called ends by itself: what the PBX has yet to say to it would disturb the next phone there. */
async function endOf(phone: Phone): Promise<void> {
  if ((await phone.report()).rang > 0) await phone.result(3_000).catch(() => undefined);
  await phone.stop();
}

/** The life of a call that is over; what was kept of it tells the same again, and the PBX has nothing of it. */
async function over(call: WatchedCall): Promise<CallLife> {
  await call.untilOver();
  expect(call.replayed().map(({ fact }) => fact)).toEqual(call.told.map(({ fact }) => fact));
  const isGone = async () => (await watch.session.lookUp(call.plan.channelId)) === 'gone';
  await vi.waitUntil(isGone, { timeout: 10_000 });
  return call.life;
}

/** Milliseconds from when both were connected to the end. */
function talkMs({ life: { connectedAt = Infinity, endedAt = 0 } }: WatchedCall): number {
  return (endedAt - connectedAt) / 1000;
}

describe.concurrent('several phones for one number', () => {
  it('are one side: whoever answers first, until that one hangs up', () =>
    withPhones([ANSWERS, { hangUpAfterMs: 600 }, { answerAfterMs: 5_000 }], async ([a = '', b, c]) => {
      const call = await watch.place(a, `grp${b}${c}`);
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
    }));

  it('did not answer where one of them rang in vain, though another was busy', () =>
    withPhones([ANSWERS, BUSY, SILENT], async ([a = '', b, c]) => {
      const call = await watch.place(a, `grp${b}${c}`, { timeoutSeconds: 2 });
      expect(await over(call)).toMatchObject({ disposition: 'no_answer', endedBy: 'pbx' });
    }));

  it('have the cause of the one that was tried last, where they are tried in turn', () =>
    withPhones([ANSWERS, { behaviour: 'congestion' }, BUSY], async ([a = '', b, c]) => {
      const call = await watch.place(a, `over${b}${c}`);
      expect(await over(call)).toMatchObject({
        disposition: 'busy',
        endedBy: 'second',
        legs: [{}, { cause: { q850: 17, sip: 486 } }],
      });
    }));
});

describe.concurrent('a dialplan', () => {
  it('that answers by a machine counts as an answer, and its end as that of the second side', () =>
    withPhones([ANSWERS], async ([a = '']) => {
      const call = await watch.place(a, 'machine');
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
      expect(call.life.legs[1].ringingAt).toBeUndefined();
    }));

  it('that has less patience than we have ends in no answer', () =>
    withPhones([ANSWERS, SILENT], async ([a = '', b]) => {
      const call = await watch.place(a, `wait${b}`);
      expect(await over(call)).toMatchObject({ disposition: 'no_answer', endedBy: 'pbx' });
    }));
});

describe.concurrent('a first phone behind the dialplan', () => {
  it.each([
    ['declines', DECLINES, 'declined', 'first', { q850: 21, sip: 603, text: 'Call Rejected' }],
    ['is busy', BUSY, 'busy', 'first', { q850: 17, sip: 486, text: 'User busy' }],
    ['is silent', SILENT, 'no_answer', 'pbx', { q850: 19, text: 'User alerting, no answer' }],
  ] as const)('that %s is told by what it said', (_what, phone, disposition, endedBy, cause) =>
    withPhones([phone], async ([a = '']) => {
      const call = await throughDialplan.place(a, '101', { timeoutSeconds: 2 });
      expect(await over(call)).toMatchObject({
        disposition,
        endedBy,
        legs: [{ cause }, { state: 'planned' }],
      });
    }),
  );

  it('that nobody has registered is unavailable', async () => {
    const call = await throughDialplan.place('109', '101');
    expect(await over(call)).toMatchObject({ disposition: 'unavailable', endedBy: 'pbx' });
  });

  it('is let go when we end the call', () =>
    withPhones([SILENT], async ([a = ''], [phone]) => {
      const call = await throughDialplan.place(a, '101');
      await call.until(({ state }) => state === 'ringing_first');
      await call.hangUp();
      expect(await over(call)).toMatchObject({ disposition: 'cancelled', endedBy: 'api' });
      expect((await phone?.result())?.cancelled).toBe(1);
    }));
});

describe.concurrent('a transfer', () => {
  const TRANSFERS: PhonePlan = { behaviour: 'transfer', hangUpAfterMs: 600 };
  const LATE: PhonePlan = { behaviour: 'transfer', hangUpAfterMs: 1_200 };
  const LEAVES: PhonePlan = { hangUpAfterMs: 1_000 };

  it.each([
    ['through the dialplan', () => watch],
    ['rung itself', () => straight],
  ])('by a second side %s is followed: whom it was transferred to ends the call', (_how, by) =>
    withPhones([ANSWERS, TRANSFERS, LEAVES], async ([a = '', b = '']) => {
      const call = await by().place(a, b);
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
      expect(talkMs(call)).toBeGreaterThan(1_600);
    }),
  );

  it('by the first side is followed: whom it was transferred to ends the call', () =>
    withPhones([LATE, ANSWERS, LEAVES], async ([a = '', b = '']) => {
      const call = await watch.place(a, b);
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'first' });
      expect(talkMs(call)).toBeGreaterThan(1_500);
    }));

  it('by the first side leaves a call that lives, and that we can end', () =>
    withPhones([LATE, ANSWERS, ANSWERS], async ([a = '', b = ''], phones) => {
      const call = await watch.place(a, b);
      await call.until(
        () => call.told.filter(({ fact }) => fact.type === 'leg' && fact.happened === 'asked').length > 2,
      );
      await vi.waitUntil(async () => (await phones[2]?.report())?.answered === 1, { timeout: 10_000 });
      expect(await watch.session.lookUp(call.plan.channelId)).toBe('alive');
      await call.hangUp();
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'api' });
      expect((await phones[2]?.result())?.answered).toBe(1);
    }));

  it('to somebody who is busy ends the call', () =>
    withPhones([ANSWERS, TRANSFERS, BUSY], async ([a = '', b = '']) => {
      const call = await straight.place(a, b);
      expect(await over(call)).toMatchObject({ disposition: 'answered' });
    }));
});

describe.concurrent('a phone that forwards by itself', () => {
  const FORWARDS: PhonePlan = { behaviour: 'forward' };

  it.each([
    ['as the first', () => watch],
    ['as the first behind the dialplan', () => throughDialplan],
  ])('is followed %s', (_how, by) =>
    withPhones([FORWARDS, { hangUpAfterMs: 400 }, ANSWERS], async ([a = '', b = '']) => {
      const call = await by().place(a, b);
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
    }),
  );

  it('is followed as the first to one who is busy', () =>
    withPhones([FORWARDS, BUSY], async ([a = '']) => {
      expect(await over(await watch.place(a, '101'))).toMatchObject({
        disposition: 'busy',
        endedBy: 'first',
      });
    }));

  it('is let go as the first when we end the call', () =>
    withPhones([FORWARDS, SILENT], async ([a = ''], [, other]) => {
      const call = await watch.place(a, '101');
      await other?.rang();
      await call.hangUp();
      expect(await over(call)).toMatchObject({ disposition: 'cancelled', endedBy: 'api' });
      expect((await other?.result())?.cancelled).toBe(1);
    }));

  it('is followed as the second', () =>
    withPhones([ANSWERS, FORWARDS, { hangUpAfterMs: 400 }], async ([a = '', b = '']) => {
      expect(await over(await watch.place(a, b))).toMatchObject({
        disposition: 'answered',
        endedBy: 'second',
      });
    }));

  it('is not followed as the second where that is rung itself: the PBX says where it is now', () =>
    withPhones([ANSWERS, FORWARDS, ANSWERS], async ([a = '', b = '']) => {
      expect(await over(await straight.place(a, b))).toMatchObject({
        disposition: 'failed',
        legs: [{}, { cause: { q850: 23, text: 'Redirected to new destination' } }],
      });
    }));
});

it('after all of them nothing is left on the PBX', async () => {
  await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
  await expect.poll(async () => (await lab.cli('bridge show all')).trim().split('\n')).toHaveLength(1);
});
