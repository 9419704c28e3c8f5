import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../contract.ts';
import { AriReader } from './event-reader.ts';

const ID = 'c2c-1';
const SECOND = `${ID}.second`;
const NAMES: Readonly<Record<string, string>> = {
  [ID]: 'PJSIP/101-00000000',
  [SECOND]: 'Local/102@internal-00000000;1',
};

/** Messages as they come, in short: an event of a channel in a state, with what else stands in it. */
function event(type: string, id: string, state: string, more: object = {}): string {
  return JSON.stringify({ type, channel: { id, name: NAMES[id] ?? 'PJSIP/102-00000001', state }, ...more });
}
function dial(status: string, peer: string, caller?: string, name = NAMES[peer]): string {
  const dialled = { id: peer, name: name ?? 'PJSIP/102-00000001', state: 'Ringing' };
  return JSON.stringify({
    type: 'Dial',
    dialstatus: status,
    peer: dialled,
    ...(caller && { caller: { id: caller } }),
  });
}
const ended = (id: string, state: string, cause: number, more: object = {}) =>
  event('ChannelDestroyed', id, state, { cause, cause_txt: '', ...more });
const answer = (value: string) => `200\r\ncontent-type: application/json\r\n\r\n${JSON.stringify({ value })}`;

/** What a new reader tells of messages that come a microsecond apart. */
function told(messages: readonly string[]): CallEvent[] {
  const reader = new AriReader();
  return messages.flatMap((raw, at) => reader.read(raw, at));
}

/** The facts in short, with the meaning part of a cause. */
function facts(messages: readonly string[]): string[] {
  return told(messages).map(({ fact }) => {
    if (fact.type !== 'leg') return fact.type;
    const { q850, sip, text, means } = fact.cause ?? {};
    const why = fact.cause === undefined ? [] : [[q850, sip, means ?? text].filter(Boolean).join(' ')];
    return [fact.side, fact.happened, ...why].join(' ');
  });
}

const FIRST_ANSWERS = [dial('', ID), dial('RINGING', ID), dial('ANSWER', ID)];
const SECOND_RINGS = [dial('', SECOND), dial('RINGING', SECOND)];

describe('a first phone', () => {
  it('that refuses is told with the SIP status that it gave, and asked for no end', () => {
    const refusal = { cause: 17, tech_cause: 486 };
    expect(
      facts([
        dial('', ID),
        event('ChannelHangupRequest', ID, 'Ringing', refusal),
        dial('BUSY', ID),
        ended(ID, 'Ringing', 17, refusal),
      ]),
    ).toEqual(['first asked', 'first ended 17 486 User busy', 'ended']);
  });

  it('behind a dialplan speaks for itself, whatever its Local channel and its dialplan make of it', () => {
    const [near, far, phone] = ['Local/101@internal-0000000a;1', `${ID};2`, '17.2'];
    const local = (state: string, cause: number) =>
      JSON.stringify({ type: 'ChannelDestroyed', cause, channel: { id: ID, name: near, state } });
    const declines = [
      dial('', ID, undefined, near),
      dial('', phone, far),
      dial('RINGING', ID, undefined, near),
      event('ChannelHangupRequest', phone, 'Ringing', { cause: 21, tech_cause: 603 }),
      dial('NOANSWER', phone, far),
      dial('CONGESTION', ID, undefined, near),
      local('Ringing', 0),
    ];
    expect(facts(declines)).toEqual([
      'first asked',
      'first ringing',
      'first ended 21 603 Call Rejected',
      'ended',
    ]);
    const unheard = declines.filter((raw) => !raw.includes('tech_cause'));
    expect(facts(unheard).at(-2)).toBe('first ended CONGESTION');
    expect(facts([...unheard.slice(0, -1), local('Ringing', 19)]).at(-2)).toBe(
      'first ended 19 User alerting, no answer',
    );
    expect(facts([declines[0] ?? '', dial('CONGESTION', ID, undefined, near), local('Down', 0)])).toEqual([
      'first ended unavailable',
      'ended',
    ]);
  });
});

describe('a second phone', () => {
  it('connects both with its answer, and its hang-up is its own', () => {
    expect(
      facts([
        ...FIRST_ANSWERS,
        ...SECOND_RINGS,
        dial('RINGING', SECOND),
        dial('ANSWER', SECOND),
        event('ChannelHangupRequest', SECOND, 'Up', { cause: 16 }),
        ended(SECOND, 'Up', 16),
        event('ChannelHangupRequest', ID, 'Up', { cause: 32, soft: true }),
        ended(ID, 'Up', 16),
      ]),
    ).toEqual([
      'first asked',
      'first ringing',
      'first answered',
      'second asked',
      'second ringing',
      'second answered',
      'connected',
      'second hung_up',
      'second ended 16 Normal Clearing',
      'first ended 16 Normal Clearing',
      'ended',
    ]);
  });

  it.each([
    ['said|Call Rejected|SIP 603 Decline', '21 603 Call Rejected'],
    ['said|Call Rejected|SIP 403 Forbidden|of course', '21 403 Call Rejected'],
    ['said|Normal Clearing|SIP 180 Ringing', 'no_answer'],
    ['said|Destination out of order|Q.931 27', '27 Destination out of order'],
    ['rang|CONGESTION|CHANUNAVAIL|UNAVAILABLE|PJSIP/101-0|PJSIP/101-0', 'unavailable'],
    ['rang|BUSY||INVALID|PJSIP/101-0|', 'busy'],
  ])('that refuses is told as the first channel knows it: %s', (value, cause) => {
    const [first, ...rest] = facts([
      ...FIRST_ANSWERS,
      ...SECOND_RINGS,
      dial('CONGESTION', SECOND),
      answer(`${ID}|${value}`),
      ended(SECOND, 'Ringing', 16),
      ended(ID, 'Up', 16),
    ]).slice(5);
    expect(first).toBe(`second ended ${cause}`);
    expect(rest).toEqual(['second ended', 'first ended 16 Normal Clearing', 'ended']);
  });

  it('is told as its own channel has it, where the first channel can not be asked', () => {
    expect(
      facts([...FIRST_ANSWERS, ...SECOND_RINGS, ended(SECOND, 'Ringing', 21), ended(ID, 'Up', 16)]).slice(5),
    ).toEqual(['second ended', 'first ended 16 Normal Clearing', 'second ended 21 Call Rejected', 'ended']);
  });

  it('is waited for, where the first goes first', () => {
    expect(
      facts([
        ...FIRST_ANSWERS,
        ...SECOND_RINGS,
        event('ChannelHangupRequest', ID, 'Up'),
        ended(ID, 'Up', 16),
        ended(SECOND, 'Ringing', 16),
      ]).slice(5),
    ).toEqual([
      'first hung_up',
      'first ended 16 Normal Clearing',
      'second ended 16 Normal Clearing',
      'ended',
    ]);
  });
});

describe("a channel in another's place", () => {
  const TALK = [...FIRST_ANSWERS, ...SECOND_RINGS, dial('ANSWER', SECOND)];
  const replaces = (id: string, former: string) =>
    event('StasisStart', id, 'Down', { args: [], replace_channel: { id: former, name: '', state: 'Up' } });

  it('stands for the leg that was transferred: the end of who transferred is none, its own is', () => {
    const more = [
      replaces('17.9', ID),
      dial('RINGING', '17.9'),
      dial('ANSWER', '17.9'),
      event('ChannelHangupRequest', ID, 'Up'),
      ended(ID, 'Up', 16),
      event('ChannelHangupRequest', '17.9', 'Up', { cause: 16 }),
      ended('17.9', 'Up', 16),
      ended(SECOND, 'Up', 16),
    ];
    expect(facts([...TALK, ...more]).slice(7)).toEqual([
      'first asked',
      'first hung_up',
      'first ended 16 Normal Clearing',
      'second ended 16 Normal Clearing',
      'ended',
    ]);
  });

  it('stands for a first leg whose phone forwards: what becomes of it is what becomes of the leg', () => {
    const forwards = JSON.stringify({
      type: 'Dial',
      dialstatus: 'CANCEL',
      forward: '103',
      peer: { id: ID, name: 'PJSIP/101-00000000', state: 'Down' },
      forwarded: { id: '17.9', name: 'Local/103@internal-00000001;1', state: 'Down' },
    });
    const local = (json: string) => json.replaceAll('PJSIP/102-00000001', 'Local/103@internal-00000001;1');
    const messages = [
      dial('', ID),
      forwards,
      ended(ID, 'Down', 23),
      local(dial('RINGING', '17.9')),
      local(dial('BUSY', '17.9')),
      local(ended('17.9', 'Ringing', 0)),
    ];
    expect(facts(messages)).toEqual([
      'first asked',
      'first asked',
      'first ringing',
      'first ended busy',
      'ended',
    ]);
    const reader = new AriReader();
    for (const raw of messages.slice(0, 3)) reader.read(raw, 0);
    expect(reader.channelOf(ID, 'first')).toBe('17.9');
    expect(reader.sideOf('17.9')).toBe('first');
  });
});

describe('whatever comes', () => {
  const id = fc.constantFrom(ID, SECOND, `${ID};2`, '17.2', '17.3', 'other');
  const cause = fc.constantFrom(0, 16, 17, 19, 21, 34);
  const state = fc.constantFrom('Down', 'Ringing', 'Up');
  const name = fc.constantFrom('PJSIP/101-00000000', 'Local/101@internal-00000000;1');
  const channel = fc.record({ id, name, state });
  const status = fc.constantFrom('', 'RINGING', 'ANSWER', 'BUSY', 'CONGESTION', 'NOANSWER', 'CANCEL');
  const message = fc.oneof(
    fc.record({ type: fc.constant('Dial'), dialstatus: status, peer: channel }),
    fc.record({
      type: fc.constant('Dial'),
      dialstatus: status,
      peer: channel,
      caller: fc.constant({ id: `${ID};2` }),
    }),
    fc.record({ type: fc.constant('ChannelHangupRequest'), channel, cause, soft: fc.boolean() }),
    fc.record({ type: fc.constant('ChannelDestroyed'), channel, cause }),
    fc.record({ type: fc.constant('StasisStart'), channel, replace_channel: channel }),
    fc.record({ type: fc.constant('Dial'), dialstatus: status, peer: channel, forwarded: channel }),
    fc
      .constantFrom('said|Call Rejected|SIP 603', 'said||', 'rang|BUSY||||')
      .map((value) => ({ value: `${ID}|${value}` })),
  );
  const raw = message.map((json) =>
    'value' in json ? `200\r\n\r\n${JSON.stringify(json)}` : JSON.stringify(json),
  );

  it('the messages that told a fact tell the same facts again, alone', () => {
    fc.assert(
      fc.property(fc.array(raw, { maxLength: 30 }), (messages) => {
        const live = told(messages);
        const kept = live.flatMap(({ frame }) => (frame === undefined ? [] : [frame.raw]));
        expect(told(kept).map(({ fact }) => fact)).toEqual(live.map(({ fact }) => fact));
      }),
      { numRuns: 10_000 },
    );
  });

  it('the end is told once, and is the last thing that is', () => {
    fc.assert(
      fc.property(fc.array(raw, { maxLength: 30 }), (messages) => {
        const ends = told(messages).map(({ fact }) => fact.type === 'ended');
        expect(ends.slice(0, -1)).not.toContain(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is read without a throw, and what is not of our calls tells nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(told([text])).toEqual([]);
      }),
    );
  });

  it('is forgotten with its call', () => {
    const reader = new AriReader();
    for (let call = 0; call < 30_000; call++) {
      reader.read(dial('', `c2c-${call}`), call);
      if (call % 3 === 0) reader.read(ended(`c2c-${call}`, 'Down', 16), call);
    }
    expect(reader.standingOf('c2c-29997', 'first')).toBe('over');
    expect(reader.standingOf('c2c-1', 'first')).toBeUndefined();
  });
});
