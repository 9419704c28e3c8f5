import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallLife } from '../../src/calls/life.ts';
import { asteriskAmi } from '../../src/pbx/asterisk-ami/driver.ts';
import { amiSession, type AmiSession } from '../lab/ami-session.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import type { Phone, PhoneOptions } from '../lab/phone.ts';
import { phoneOf } from './phones.ts';
import { startWatch, type Watch, type WatchedCall } from './watch.ts';

/* What the setup guide says of calls that do not go the straight way: followed, or told to be unknown. */

const NUMBERS = Array.from({ length: 27 }, (_, index) => String(110 + index));
const DIALPLAN = `
[odd]
include => internal
exten => _grpXXXXXX,1,Dial(PJSIP/\${EXTEN:3:3}&PJSIP/\${EXTEN:6},10)
exten => _overXXXXXX,1,Dial(PJSIP/\${EXTEN:4:3},10)
 same => n,Dial(PJSIP/\${EXTEN:7},10)
exten => _earlyXXX,1,Progress()
 same => n,Wait(0.7)
 same => n,Dial(PJSIP/\${EXTEN:5},10)
exten => _waitXXX,1,Dial(PJSIP/\${EXTEN:4},1)
 same => n,Hangup()
exten => _tellXXX,1,Dial(PJSIP/\${EXTEN:4},10,tb(has-sounds^s^1))
exten => machine,1,Answer()
 same => n,Wait(1)
 same => n,Hangup()

[has-sounds]
exten => s,1,Set(CHANNEL(language)=en_US_f_Allison)
 same => n,Return()
`;

type PhonePlan = Partial<Omit<PhoneOptions, 'port'>>;

let lab: Asterisk;
let watches: Watch[];
let watch: Watch;
/** Rings the first phone as many a PBX does: by what its dialplan has for the number. */
let throughDialplan: Watch;

function watchWith(settings: Readonly<Record<string, string>>): Watch {
  const { username, secret } = lab.amiUsers.c2c;
  const login = { host: '127.0.0.1', port: String(lab.amiPort), username, secret };
  const opened = startWatch(asteriskAmi, { ...login, context: 'odd', ...settings });
  watches.push(opened);
  return opened;
}

beforeAll(async () => {
  watches = [];
  lab = await startAsterisk({
    endpoints: NUMBERS.map((name) => ({ name, callerId: `<${name}>`, context: 'internal' })),
    append: {
      'extensions.conf': DIALPLAN,
      'features.conf': '\n[featuremap]\natxfer => *2\n',
    },
  });
  watch = watchWith({});
  throughDialplan = watchWith({ first_channel: 'Local/{first}@{context}/n' });
});

afterAll(async () => {
  for (const opened of watches) await opened[Symbol.asyncDispose]();
  await lab.stop();
});

const ANSWERS: PhonePlan = {};
const SILENT: PhonePlan = { behaviour: 'silent' };
const BUSY: PhonePlan = { behaviour: 'busy' };
const bothTalk = ({ state }: CallLife) => state === 'connected';

const free = [...NUMBERS];

/** Numbers that no other test uses now; those that have been free for longest. */
function takeNumbers(count: number): Disposable & { readonly numbers: readonly string[] } {
  const numbers = free.splice(0, count);
  return { numbers, [Symbol.dispose]: () => void free.push(...numbers) };
}

/** Plays a test with phones that are so, at numbers of its own. */
async function withPhones(
  plans: readonly PhonePlan[],
  play: (...numbers: string[]) => Promise<void>,
  resolve: (plan: PhonePlan, numbers: readonly string[]) => PhonePlan = (plan) => plan,
): Promise<void> {
  using taken = takeNumbers(plans.length);
  const { numbers } = taken;
  const phones: Phone[] = [];
  try {
    for (const [index, plan] of plans.entries())
      phones.push(await phoneOf(lab, numbers[index] ?? '', resolve(plan, numbers)));
    await play(...numbers);
  } finally {
    await Promise.all(phones.map((phone) => phone.stop()));
  }
}

/** A phone that names the third number in its place. */
const toThird = (plan: PhonePlan, numbers: readonly string[]): PhonePlan =>
  plan.behaviour === 'forward' || plan.behaviour === 'transfer' ? { ...plan, to: numbers[2] ?? '' } : plan;

/** The life of a call that is over; what was kept of it tells the same again. */
async function over(call: WatchedCall): Promise<CallLife> {
  await call.untilOver();
  expect(call.replayed().map(({ fact }) => fact)).toEqual(call.told.map(({ fact }) => fact));
  return call.life;
}

/** Milliseconds from when both were connected to the end. */
function talkMs({ life: { connectedAt = Infinity, endedAt = 0 } }: WatchedCall): number {
  return (endedAt - connectedAt) / 1000;
}

describe.concurrent('several phones for one number', () => {
  it('are one side: whoever answers first, until that one hangs up', () =>
    withPhones([ANSWERS, { hangUpAfterMs: 600 }, { answerAfterMs: 5_000 }], async (a, b, c) => {
      const call = await watch.place(a, `grp${b}${c}`);
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
    }));

  it('did not answer where one of them rang in vain, though another was busy', () =>
    withPhones([ANSWERS, BUSY, SILENT], async (a, b, c) => {
      const call = await watch.place(a, `grp${b}${c}`, { timeoutSeconds: 2 });
      expect(await over(call)).toMatchObject({ disposition: 'no_answer', endedBy: 'pbx' });
    }));

  it('have the cause of the one that was tried last, where they are tried in turn', () =>
    withPhones([ANSWERS, { behaviour: 'congestion' }, BUSY], async (a, b, c) => {
      const call = await watch.place(a, `over${b}${c}`);
      expect(await over(call)).toMatchObject({ disposition: 'busy', endedBy: 'second' });
    }));
});

describe.concurrent('a dialplan', () => {
  it('that answers by a machine counts as an answer, and who ended it is not known', () =>
    withPhones([ANSWERS], async (a) => {
      const call = await watch.place(a, 'machine');
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'unknown' });
      expect(call.life.legs[1].ringingAt).toBeUndefined();
    }));

  it('that plays early media does not ring before a phone does', () =>
    withPhones([ANSWERS, { hangUpAfterMs: 300 }], async (a, b) => {
      const call = await watch.place(a, `early${b}`);
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
      const { askedAt = 0, ringingAt = 0 } = call.life.legs[1];
      expect((ringingAt - askedAt) / 1000).toBeGreaterThan(600);
    }));

  it('that has less patience than we have ends in no answer', () =>
    withPhones([ANSWERS, SILENT], async (a, b) => {
      const call = await watch.place(a, `wait${b}`);
      expect(await over(call)).toMatchObject({ disposition: 'no_answer', endedBy: 'pbx' });
    }));
});

describe.concurrent('a transfer', () => {
  const TRANSFERS: PhonePlan = { behaviour: 'transfer', hangUpAfterMs: 600 };
  const LATE: PhonePlan = { behaviour: 'transfer', hangUpAfterMs: 1_200 };

  it('by the second side is followed: the call is over when whom it was transferred to hangs up', () =>
    withPhones(
      [ANSWERS, TRANSFERS, { hangUpAfterMs: 1_000 }],
      async (a, b) => {
        const call = await watch.place(a, b);
        expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
        expect(talkMs(call)).toBeGreaterThan(1_600);
      },
      toThird,
    ));

  it('by the first side is followed: the call is over when the others have talked', () =>
    withPhones(
      [LATE, ANSWERS, { hangUpAfterMs: 1_000 }],
      async (a, b) => {
        const call = await watch.place(a, b);
        expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'unknown' });
        expect(talkMs(call)).toBeGreaterThan(1_500);
        expect(call.life.legs[0].endedAt).toBeLessThan(call.life.endedAt ?? 0);
      },
      toThird,
    ));

  it('by the first side leaves a call that lives, and that we can end', () =>
    withPhones(
      [LATE, ANSWERS, ANSWERS],
      async (a, b) => {
        const call = await watch.place(a, b);
        await call.until(({ legs: [first] }) => first.endedAt !== undefined);
        expect(await watch.session.lookUp(call.plan.channelId)).toBe('alive');
        await call.hangUp();
        expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'api' });
        expect(await watch.session.lookUp(call.plan.channelId)).toBe('gone');
      },
      toThird,
    ));

  it('to somebody who was called before it is followed, and nobody is said to have hung up', () =>
    withPhones([ANSWERS, { hangUpAfterMs: 1_500 }, { hangUpAfterMs: 3_500 }], async (a, b, c) => {
      await using ami = await amiSession(lab.amiPort, lab.amiUsers.c2c);
      const call = await watch.place(a, `tell${b}`);
      await call.until(bothTalk);
      const { channelId } = call.plan;
      const begun = { Event: 'DialBegin', DestLinkedid: channelId, DialString: b };
      const phone = (await ami.waitFor(begun)).get('DestChannel');
      await ami.send(`Action: Atxfer\nChannel: ${phone}\nExten: ${c}\nContext: internal`);
      await ami.waitFor({ Event: 'AttendedTransfer', Result: 'Success', OrigTransfererLinkedid: channelId });
      expect(call.life.state).toBe('connected');
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'unknown' });
    }));
});

describe.concurrent('a phone that forwards by itself', () => {
  const FORWARDS: PhonePlan = { behaviour: 'forward' };

  it('is followed as the second', () =>
    withPhones(
      [ANSWERS, FORWARDS, { hangUpAfterMs: 500 }],
      async (a, b) => {
        const call = await watch.place(a, b);
        expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
      },
      toThird,
    ));

  it('makes what becomes of the call unknown as the first', () =>
    withPhones(
      [FORWARDS, { hangUpAfterMs: 300 }, ANSWERS],
      async (a, b) => {
        const call = await watch.place(a, b);
        expect(await over(call)).toMatchObject({
          state: 'unknown',
          untold: 'forwarded',
          disposition: 'unknown',
        });
      },
      toThird,
    ));

  it('is followed as the first where it is rung through the dialplan', () =>
    withPhones(
      [FORWARDS, { hangUpAfterMs: 300 }, ANSWERS],
      async (a, b) => {
        const call = await throughDialplan.place(a, b);
        expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
      },
      toThird,
    ));
});

describe.concurrent('Local channels that the PBX takes out of the talk', () => {
  it.each([
    ['second', { second_channel: 'Local/{second}@{context}' }],
    ['first', { first_channel: 'Local/{first}@{context}' }],
  ])('on the %s side do not end the call', (side, settings) =>
    withPhones([ANSWERS, { hangUpAfterMs: 2_500 }], async (a, b) => {
      await using ami = await amiSession(lab.amiPort, lab.amiUsers.c2c);
      const own = watchWith(settings);
      const call = await own.place(a, b);
      await call.until(bothTalk);
      const { channelId } = call.plan;
      const begun = { Event: 'DialBegin', DestLinkedid: channelId, DialString: a };
      const phone = side === 'second' ? channelId : (await ami.waitFor(begun)).get('DestUniqueid');
      await sendSound(ami, phone);
      await ami.waitFor({ Event: 'LocalOptimizationEnd', LocalOneLinkedid: channelId });
      expect(await own.session.lookUp(channelId)).toBe('alive');
      expect(await over(call)).toMatchObject({ disposition: 'answered', endedBy: 'second' });
      expect(talkMs(call)).toBeGreaterThan(2_000);
    }),
  );
});

/** What a phone would send while somebody talks: the PBX takes Local channels out when sound goes through them. */
async function sendSound(ami: AmiSession, channel: string): Promise<void> {
  const reply = await ami.send(`Action: Getvar\nChannel: ${channel}\nVariable: CHANNEL(rtp,src)`);
  const port = Number(reply.get('Value').split(':')[1]);
  const socket = createSocket('udp4');
  for (let packet = 0; packet < 25; packet++) {
    const bytes = Buffer.alloc(172, 0xff);
    bytes.writeUInt16BE(0x80_00, 0);
    bytes.writeUInt16BE(packet, 2);
    bytes.writeUInt32BE(packet * 160, 4);
    bytes.writeUInt32BE(77, 8);
    socket.send(bytes, port, '127.0.0.1');
    await sleep(20);
  }
  socket.close();
}
