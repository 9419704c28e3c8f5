import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_LIFE, type CallLife } from '../../calls/life.ts';
import { transition } from '../../calls/transition.ts';
import type { CallEvent } from '../contract.ts';
import { AmiEventReader, EVENTS_READ, OUR_CHANNELS } from './event-reader.ts';
import { manifest } from './manifest.ts';

/*
 * What an Asterisk 22.10 sends, down to the headers that are read, as it was recorded with SIPp phones. The first phone is
 * rung as PJSIP/101, the second through Local/102@internal/n.
 */

const ID = 'c2c-1';
const FIRST = { Channel: 'PJSIP/101-00000000', Uniqueid: ID, Linkedid: ID, ChannelState: '6' };
const NEAR = channel('Local/102@internal-00000000;1', '7.1');
const FAR = channel('Local/102@internal-00000000;2', '7.2');
const PHONE = channel('PJSIP/102-00000001', '7.3');
const OTHER_PHONE = channel('PJSIP/103-00000002', '7.4');

function channel(name: string, id: string, linkedid = ID) {
  return { Channel: name, Uniqueid: id, Linkedid: linkedid, ChannelState: '6' };
}

type Fields = Readonly<Record<string, string>>;

function event(name: string, fields: Fields): string {
  const lines = Object.entries({ Event: name, Privilege: 'call,all', ...fields });
  return lines.map(([header, value]) => `${header}: ${value}`).join('\r\n');
}

function dial(name: string, caller: Fields | undefined, dest: Fields, fields: Fields = {}): string {
  const destFields = Object.entries(dest).map(([header, value]) => [`Dest${header}`, value]);
  return event(name, { ...caller, ...Object.fromEntries(destFields), ...fields });
}

const begins = (caller: Fields | undefined, dest: Fields) => dial('DialBegin', caller, dest);
const rings = (caller: Fields | undefined, dest: Fields) =>
  dial('DialState', caller, dest, { DialStatus: 'RINGING' });
const dialled = (caller: Fields | undefined, dest: Fields, DialStatus: string, more: Fields = {}) =>
  dial('DialEnd', caller, dest, { DialStatus, ...more });
const enters = (who: Fields, members: number) =>
  event('BridgeEnter', { ...who, BridgeUniqueid: 'b', BridgeNumChannels: String(members) });
const asks = (who: Fields, fields: Fields = { Cause: '16' }) => event('HangupRequest', { ...who, ...fields });
const refuses = (who: Fields, Cause: string, TechCause: string) =>
  asks({ ...who, ChannelState: '0' }, { Cause, TechCause });
const hangup = (who: Fields, Cause = '16', text = 'Normal Clearing') =>
  event('Hangup', { ...who, Cause, 'Cause-txt': text });
const verdict = (Response: string, Reason: string, Channel = 'PJSIP/101') =>
  event('OriginateResponse', { ActionID: ID, Response, Channel, Reason, Uniqueid: ID });
const answer = (side: string, value: string) =>
  `Response: Success\r\nActionID: ${ID}:${side}\r\nVariable: DEVICE_STATE(x)\r\nValue: ${value}`;

const FIRST_ANSWERS = [
  begins(undefined, FIRST),
  rings(undefined, FIRST),
  dialled(undefined, FIRST, 'ANSWER'),
  verdict('Success', '4', 'PJSIP/101-00000000'),
];
const SECOND_IS_ASKED = [...FIRST_ANSWERS, begins(FIRST, NEAR), begins(FAR, PHONE)];
const BOTH_TALK = [
  ...SECOND_IS_ASKED,
  rings(FAR, PHONE),
  rings(FIRST, NEAR),
  dialled(FAR, PHONE, 'ANSWER'),
  dialled(FIRST, NEAR, 'ANSWER'),
  enters(NEAR, 1),
  enters(FIRST, 2),
];

function newReader(first_channel = 'PJSIP/{first}'): AmiEventReader {
  return new AmiEventReader({ first_channel });
}

/** What a reader makes of messages, and that it makes the same again of what was kept of them. */
function hear(...messages: readonly string[]) {
  const reader = newReader();
  const told = messages.flatMap((raw, index) => reader.read(raw, (index + 1) * 1_000_000));
  const kept = told.flatMap(({ frame }) => (frame === undefined ? [] : [frame]));
  const again = newReader();
  const replayed = kept.flatMap(({ raw, atMicros }) => again.read(raw, atMicros));
  expect(replayed.map(({ fact }) => fact)).toEqual(told.map(({ fact }) => fact));
  return { told, reader, facts: told.map(({ fact }) => fact), life: lifeOf(told) };
}

function lifeOf(told: readonly CallEvent[]): CallLife {
  const accepted = transition(NEW_LIFE, { type: 'accepted' }, 0).life;
  return told.reduce((life, { fact, atMicros }) => transition(life, fact, atMicros).life, accepted);
}

describe('the cause of a side', () => {
  it('is what its phone said, whatever the dialplan made of it, and in whatever order it is told', () => {
    const ends = [
      [refuses(PHONE, '21', '603'), hangup(PHONE, '21', 'Call Rejected')],
      [dialled(FIRST, NEAR, 'CONGESTION'), hangup(NEAR, '0', 'Unknown')],
      [hangup(FIRST, '0', 'Unknown')],
    ];
    // Each channel's own messages are in order; those of different channels are told by different threads.
    const order = fc.shuffledSubarray([0, 0, 1, 1, 2], { minLength: 5 });
    fc.assert(
      fc.property(order, (threads) => {
        const left = ends.map((messages) => [...messages]);
        const messages = threads.map((thread) => left[thread]?.shift() ?? '');
        const { life, facts } = hear(...SECOND_IS_ASKED, ...messages);
        expect(life.legs[1].cause).toEqual({ q850: 21, sip: 603, text: 'Call Rejected' });
        expect(life).toMatchObject({ state: 'ended', disposition: 'declined', endedBy: 'second' });
        expect(facts.filter(({ type }) => type === 'ended')).toHaveLength(1);
      }),
    );
  });

  it('is what its phone said at once, though its refusal overtook the word that it is dialled', () => {
    const { life } = hear(
      ...FIRST_ANSWERS,
      begins(FIRST, NEAR),
      refuses(PHONE, '58', '606'),
      begins(FAR, PHONE),
      hangup(PHONE, '58', 'Bearer capability not available'),
      dialled(FIRST, NEAR, 'CONGESTION'),
      hangup(NEAR, '0', 'Unknown'),
      hangup(FIRST, '0', 'Unknown'),
    );
    expect(life.legs[1].cause).toMatchObject({ q850: 58, sip: 606 });
  });

  it('is no answer where one phone of several rang on: a phone that is let go carries the cause of another', () => {
    const { life } = hear(
      ...SECOND_IS_ASKED,
      begins(FAR, OTHER_PHONE),
      refuses(PHONE, '17', '486'),
      hangup(PHONE, '17', 'User busy'),
      rings(FIRST, NEAR),
      dialled(FIRST, NEAR, 'NOANSWER'),
      hangup(NEAR, '0', 'Unknown'),
      event('Hangup', { ...OTHER_PHONE, Cause: '17', 'Cause-txt': 'User busy', TechCause: '486' }),
      hangup(FIRST, '0', 'Unknown'),
    );
    expect(life.legs[1].cause).toEqual({ text: 'NOANSWER', means: 'no_answer' });
  });

  it('is that of the phone that was tried last, where others came before', () => {
    const { life } = hear(
      ...SECOND_IS_ASKED,
      refuses(PHONE, '34', '503'),
      hangup(PHONE, '34', 'Circuit/channel congestion'),
      begins(FAR, OTHER_PHONE),
      refuses(OTHER_PHONE, '17', '486'),
      hangup(OTHER_PHONE, '17', 'User busy'),
      dialled(FIRST, NEAR, 'BUSY'),
      hangup(NEAR, '0', 'Unknown'),
      hangup(FIRST, '0', 'Unknown'),
    );
    expect(life.legs[1].cause).toMatchObject({ q850: 17, sip: 486 });
  });

  it('of a first leg that we end is not taken for no answer, though its word is NOANSWER', () => {
    const { life } = hear(
      begins(undefined, FIRST),
      rings(undefined, FIRST),
      dialled(undefined, FIRST, 'NOANSWER'),
      verdict('Failure', '0'),
      hangup({ ...FIRST, ChannelState: '5' }),
    );
    expect(life.legs[0].cause).toEqual({ q850: 16, text: 'Normal Clearing' });
  });

  it('of a first leg that rang in vain is that of its own channel, and the phone answered no status', () => {
    const own = { ...FIRST, ChannelState: '5', TechCause: '480' };
    const { life } = hear(
      begins(undefined, FIRST),
      rings(undefined, FIRST),
      hangup(own, '19', 'User alerting, no answer'),
      verdict('Failure', '3'),
    );
    expect(life.legs[0].cause).toEqual({ q850: 19, text: 'User alerting, no answer' });
    expect(life.disposition).toBe('no_answer');
  });

  it('of a second side that could not even be dialled is that of the first channel', () => {
    const { life } = hear(...FIRST_ANSWERS, hangup(FIRST, '3', 'No route to destination'));
    expect(life.legs[1].cause).toEqual({ q850: 3, text: 'No route to destination' });
    expect(life.disposition).toBe('unavailable');
  });
});

describe('a side on which no phone was dialled', () => {
  const UNDIALLED = [
    ...FIRST_ANSWERS,
    begins(FIRST, NEAR),
    dialled(FIRST, NEAR, 'CONGESTION'),
    hangup(NEAR, '0', 'Unknown'),
    hangup(FIRST, '0', 'Unknown'),
  ];

  it.each([
    ['UNAVAILABLE', { text: 'UNAVAILABLE', means: 'unavailable', phone: 'unregistered' }],
    ['NOT_INUSE', { text: 'CONGESTION', means: 'congestion', phone: 'registered' }],
    ['INUSE', { text: 'CONGESTION', means: 'congestion', phone: 'in_use' }],
    // No phone has the number's name: it is a queue, a trunk or an announcement.
    ['INVALID', { text: 'CONGESTION', means: 'congestion' }],
    ['', { text: 'CONGESTION', means: 'congestion' }],
  ])('is asked about, and the call is not over before the answer: %s', (value, cause) => {
    expect(hear(...UNDIALLED).facts).not.toContainEqual({ type: 'ended' });
    const { life, reader } = hear(...UNDIALLED, answer('second', value));
    expect(life).toMatchObject({ state: 'ended', endedAt: (UNDIALLED.length + 1) * 1e6 });
    expect(life.legs[1].cause).toEqual(cause);
    expect(life.legs[1].endedAt, 'the leg ended before').toBe(UNDIALLED.length * 1e6 - 1e6);
    expect(reader.takeQuestions()).toEqual([{ actionId: `${ID}:second`, device: 'PJSIP/102' }]);
    expect(reader.takeQuestions()).toEqual([]);
  });

  it.each([
    ['UNAVAILABLE', { text: 'UNAVAILABLE', means: 'unavailable', phone: 'unregistered' }],
    ['INVALID', { text: 'INVALID', means: 'unavailable', phone: 'no_such_phone' }],
    ['NOT_INUSE', { text: 'Response: Failure, Reason: 0', phone: 'registered' }],
    ['', { text: 'Response: Failure, Reason: 0', means: 'unavailable' }],
  ])('is the first, where there never was a channel: %s', (value, cause) => {
    const { life, reader } = hear(verdict('Failure', '0', 'PJSIP/109'), answer('first', value));
    expect(reader.takeQuestions()).toEqual([{ actionId: `${ID}:first`, device: 'PJSIP/109' }]);
    expect(life.legs[0].cause).toEqual(cause);
    expect(life.state).toBe('ended');
  });

  it('is asked about as the kind of channel that phones have there', () => {
    const reader = newReader('SIP/{first}');
    for (const raw of UNDIALLED) reader.read(raw, 1);
    expect(reader.takeQuestions()).toEqual([{ actionId: `${ID}:second`, device: 'SIP/102' }]);
  });

  it('is not asked about where the channel is at a trunk, or somebody gave up', () => {
    const atTrunk = hear(verdict('Failure', '0', 'PJSIP/12125551234@carrier'));
    expect(atTrunk.life).toMatchObject({ state: 'ended', disposition: 'unavailable' });
    expect(atTrunk.reader.takeQuestions()).toEqual([]);
    const givenUp = hear(
      ...FIRST_ANSWERS,
      begins(FIRST, NEAR),
      asks(FIRST, {}),
      dialled(FIRST, NEAR, 'CANCEL'),
      hangup(NEAR),
      hangup(FIRST, '0', 'Unknown'),
    );
    expect(givenUp.reader.takeQuestions()).toEqual([]);
    expect(givenUp.life).toMatchObject({ disposition: 'cancelled', endedBy: 'first' });
  });
});

describe('a call that goes other ways', () => {
  const OVER = [hangup(NEAR), hangup(PHONE), hangup(FIRST)];

  it('is answered where a machine answers, and nobody hung up', () => {
    const { life } = hear(
      ...FIRST_ANSWERS,
      begins(FIRST, NEAR),
      dialled(FIRST, NEAR, 'ANSWER'),
      enters(NEAR, 1),
      enters(FIRST, 2),
      asks(NEAR),
      hangup(NEAR),
      hangup(FIRST),
    );
    expect(life).toMatchObject({ disposition: 'answered', endedBy: 'unknown' });
    expect(life.legs[1].ringingAt).toBeUndefined();
  });

  it('does not ring because of early media', () => {
    const progress = dial('DialState', FIRST, NEAR, { DialStatus: 'PROGRESS' });
    expect(hear(...SECOND_IS_ASKED, progress).life.state).toBe('answered_first');
  });

  it('goes on after the second side has transferred, and ends with whom it was transferred to', () => {
    const transferred = [...BOTH_TALK, hangup(PHONE), begins(FAR, OTHER_PHONE)];
    expect(hear(...transferred).life.state).toBe('connected');
    const { life } = hear(
      ...transferred,
      asks(OTHER_PHONE),
      hangup(OTHER_PHONE),
      hangup(NEAR),
      hangup(FIRST),
    );
    expect(life).toMatchObject({ state: 'ended', endedBy: 'second' });
  });

  it('goes on after the first side has transferred: its channel is gone, and others stand for the call', () => {
    const transferred = [...BOTH_TALK, hangup(FIRST), begins(NEAR, OTHER_PHONE)];
    const { life, reader } = hear(...transferred);
    expect(life.state).toBe('connected');
    expect(reader.liveBehind(ID)).toEqual(['7.4', '7.1', '7.3']);
    const end = [asks(OTHER_PHONE), hangup(OTHER_PHONE), hangup(NEAR), hangup(PHONE)];
    expect(hear(...transferred, ...end).life).toMatchObject({ state: 'ended', endedBy: 'unknown' });
  });

  it('is not ended by a phone that hands it over to somebody it has called', () => {
    const handedOver = event('AttendedTransfer', {
      OrigTransfererUniqueid: ID,
      OrigTransfererLinkedid: ID,
      SecondTransfererLinkedid: ID,
    });
    const { facts, life } = hear(...BOTH_TALK, asks(FIRST), handedOver, hangup(FIRST));
    expect(facts).not.toContainEqual({ type: 'leg', side: 'first', happened: 'hung_up' });
    expect(life.state).toBe('connected');
  });

  it('does not mind whom a phone calls meanwhile, on a channel that counts as of the same call', () => {
    const consulted = channel('Local/103@internal-00000009;1', '7.9');
    const meanwhile = [rings(undefined, consulted), dialled(undefined, consulted, 'BUSY'), hangup(consulted)];
    const { life } = hear(...BOTH_TALK, ...meanwhile, asks(PHONE), ...OVER);
    expect(life).toMatchObject({ disposition: 'answered', endedBy: 'second' });
  });

  it('goes on when the PBX takes its Local channels out', () => {
    const optimised = [...BOTH_TALK, enters(FIRST, 2), hangup(NEAR)];
    expect(hear(...optimised).life.state).toBe('connected');
    expect(hear(...optimised, asks(PHONE), hangup(PHONE), hangup(FIRST)).life.endedBy).toBe('second');
  });

  it('is told to be lost where the first phone named another, who answered', () => {
    const forwarded = [
      begins(undefined, FIRST),
      refuses(FIRST, '23', '302'),
      dialled(undefined, FIRST, 'CANCEL', { Forward: '103' }),
    ];
    const redirected = hangup({ ...FIRST, ChannelState: '0' }, '23', 'Redirected to new destination');
    const answered = hear(...forwarded, verdict('Success', '4'), redirected);
    expect(answered.life).toMatchObject({ state: 'unknown', untold: 'forwarded', disposition: 'unknown' });
    const busy = hear(...forwarded, redirected, verdict('Failure', '5'));
    expect(busy.life).toMatchObject({ state: 'ended', disposition: 'busy' });
  });

  it('follows a phone that names another where the dialplan dials it', () => {
    const forward = channel('Local/103@internal-00000005;1', '7.8');
    const forwardFar = channel('Local/103@internal-00000005;2', '7.9');
    const { life } = hear(
      ...SECOND_IS_ASKED,
      refuses(PHONE, '23', '302'),
      begins(FAR, forward),
      hangup(PHONE, '23', 'Redirected to new destination'),
      begins(forwardFar, OTHER_PHONE),
      refuses(OTHER_PHONE, '17', '486'),
      hangup(forward, '0', 'Unknown'),
      hangup(OTHER_PHONE, '17', 'User busy'),
      dialled(FIRST, NEAR, 'BUSY'),
      hangup(NEAR, '0', 'Unknown'),
      hangup(FIRST, '0', 'Unknown'),
    );
    expect(life.legs[1].cause).toEqual({ q850: 17, sip: 486, text: 'User busy' });
  });

  it('says that it was not followed where the PBX did not, and said so in time', () => {
    const redirected = hangup(PHONE, '23', 'Redirected to new destination');
    const ends = [dialled(FIRST, NEAR, 'BUSY'), hangup(NEAR, '0', 'Unknown')];
    for (const refusal of [[refuses(PHONE, '23', '302'), redirected], [redirected]]) {
      const { life } = hear(...SECOND_IS_ASKED, ...refusal, ...ends, hangup(FIRST, '0', 'Unknown'));
      expect(life.legs[1].cause).toMatchObject({ q850: 23, text: 'Redirected to new destination' });
    }
  });

  it('did not come to a time that was up where its dialplan ended by itself and called no phone', () => {
    const { life } = hear(
      ...FIRST_ANSWERS,
      begins(FIRST, NEAR),
      dialled(FIRST, NEAR, 'NOANSWER'),
      hangup(NEAR),
      hangup(FIRST),
    );
    expect(life.legs[1].cause).toEqual({ q850: 16, text: 'Normal Clearing' });
    expect(life.disposition).toBe('failed');
  });

  it('has no cause on a second side that was let go when the first was, whose cause it carries', () => {
    const soundless = (who: Fields) => hangup(who, '44', 'Requested channel not available');
    const ends = [dialled(FIRST, NEAR, 'CANCEL'), ...[NEAR, PHONE, FIRST].map(soundless)];
    const { life } = hear(...SECOND_IS_ASKED, ...ends);
    expect(life.legs.map(({ cause }) => cause)).toEqual([
      { q850: 44, text: 'Requested channel not available' },
      { text: 'CANCEL' },
    ]);
  });

  it('ends for us with its first channel once it has merged with another call', () => {
    const merged = { ...FIRST, Linkedid: '5.0' };
    expect(hear(...BOTH_TALK, hangup(merged)).life.state).toBe('ended');
  });
});

describe('the setup guide', () => {
  it('lets through what is read, of our calls, and nothing else', () => {
    const filters = manifest.guide.matchAll(/^eventfilter\((.*)\) = (.*)$/gm);
    const wanted = [...EVENTS_READ].map((name) => [
      `action(include),name(${name}),method(contains)`,
      OUR_CHANNELS,
    ]);
    expect([...filters].map(([, criteria, text]) => [criteria, text])).toEqual(wanted);
  });
});

describe('what the reader was not there for', () => {
  it('is not made up: of a call of before, the end of its first channel is told', () => {
    expect(hear(asks(FIRST), hangup(FIRST)).facts).toEqual([
      { type: 'leg', side: 'first', happened: 'hung_up' },
      { type: 'leg', side: 'first', happened: 'ended', cause: { q850: 16, text: 'Normal Clearing' } },
      { type: 'ended' },
    ]);
  });

  it('is nobody else’s call', () => {
    const strangers = BOTH_TALK.map((raw) => raw.replaceAll('c2c-1', '1795614605.7'));
    expect(hear(...strangers).told).toEqual([]);
  });

  it('is not kept for ever: the oldest of very many calls is forgotten', () => {
    const reader = newReader();
    for (let call = 0; call <= 20_000; call++)
      reader.read(begins(undefined, channel('PJSIP/101-1', `c2c-${call}`, `c2c-${call}`)), 1);
    expect(reader.knows('c2c-0')).toBe(false);
    expect(reader.knows('c2c-1')).toBe(true);
  });

  it('never throws, whatever comes', () => {
    const text = fc.constantFrom(
      '',
      ID,
      `${ID};2`,
      '7.1',
      'Local/102@internal-00000000;1',
      'BUSY',
      '6',
      '17',
    );
    const headers = [...Object.keys(FIRST), 'DialStatus', 'ActionID', 'Response', 'Cause', 'Forward'];
    const names = headers.flatMap((header) => [header, `Dest${header}`]);
    const message = fc
      .tuple(fc.constantFrom(...EVENTS_READ, 'Newchannel'), fc.dictionary(fc.constantFrom(...names), text))
      .map(([name, fields]) => event(name, fields));
    fc.assert(
      fc.property(fc.array(fc.oneof(message, fc.string()), { maxLength: 30 }), (messages) => {
        const reader = newReader();
        const told = [...BOTH_TALK, ...messages].flatMap((raw) => reader.read(raw, 1));
        expect(told.every(({ channelId }) => channelId.startsWith(OUR_CHANNELS))).toBe(true);
      }),
    );
  });
});
