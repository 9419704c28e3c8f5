import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FreeswitchReader } from './events.ts';
import {
  BOTH_TALK,
  BYE,
  CALL,
  hangup,
  job,
  joined,
  ofChannel,
  rawEvent,
  readAll,
  replay,
} from './test-events.ts';

const FIRST_TALKS = BOTH_TALK.slice(0, 4);
const create = (uuid: string, caller?: string) => ofChannel('CHANNEL_CREATE', uuid, {}, caller);
const answer = (uuid: string, caller?: string) => ofChannel('CHANNEL_ANSWER', uuid, {}, caller);
const busy = { variable_sip_term_status: '486', variable_sip_hangup_disposition: 'recv_refuse' };

describe('the reader of a FreeSWITCH', () => {
  it('tells each step once, with the message that told it', () => {
    const ends = [hangup('second', 'NORMAL_CLEARING', BYE, CALL), hangup(CALL, 'NORMAL_CLEARING')];
    const { steps, told } = readAll([...BOTH_TALK, ...ends]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps).toEqual([
      'first asked',
      'first ringing',
      'first answered',
      'second asked',
      'second ringing',
      'second answered',
      'connected',
      'second hung_up',
      'second ended NORMAL_CLEARING/16',
      'first ended NORMAL_CLEARING/16',
      'ended',
    ]);
    expect(told.map(({ channelId }) => channelId)).toEqual(told.map(() => `c2c-${CALL}`));
    // One message told both that it hung up and that it ended.
    expect(told.map(({ frame }) => frame !== undefined).slice(7)).toEqual([true, false, true, false]);
    expect(told[0]).toMatchObject({ atMicros: 1e6, frame: { direction: 'received', atMicros: 1e6 } });
  });

  it('hears the ends also where it may hear CHANNEL_HANGUP_COMPLETE alone', () => {
    const complete = (uuid: string, disposition: string, caller?: string) =>
      ofChannel(
        'CHANNEL_HANGUP_COMPLETE',
        uuid,
        { 'Hangup-Cause': 'NORMAL_CLEARING', variable_sip_hangup_disposition: disposition },
        caller,
      );
    const { steps, told } = readAll([
      create(CALL),
      job(`+OK ${CALL}`),
      create('second', CALL),
      complete(CALL, 'recv_bye'),
      complete('second', 'send_bye', CALL),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps).toEqual([
      'first asked',
      'first answered',
      'second asked',
      'first hung_up',
      'first ended NORMAL_CLEARING/16',
      'second ended NORMAL_CLEARING/16',
      'ended',
    ]);
  });

  it('does not take early media for an answer: both talk when the second was picked up', () => {
    const early = [
      ...FIRST_TALKS,
      create('second', CALL),
      ofChannel('CHANNEL_PROGRESS_MEDIA', 'second', {}, CALL),
      joined(CALL, 'second'),
    ];
    expect(readAll(early).steps.slice(3)).toEqual(['second asked', 'second ringing']);
    const pickedUp = ofChannel('CHANNEL_ANSWER', 'second', { variable_last_bridge_to: CALL }, CALL);
    expect(readAll([...early, pickedUp]).steps.slice(5)).toEqual(['second answered', 'connected']);
  });

  it.each([
    ['NO_ANSWER', {}, 'NO_ANSWER/19'],
    ['USER_BUSY', busy, 'USER_BUSY/17/486'],
    ['CALL_REJECTED', { variable_sip_term_status: '603' }, 'CALL_REJECTED/21/603'],
    // Its variable hangup_cause_q850 would say 16.
    ['USER_NOT_REGISTERED', { variable_hangup_cause_q850: '16' }, 'USER_NOT_REGISTERED'],
    [
      'ORIGINATOR_CANCEL',
      { variable_sip_invite_failure_status: '487', variable_sip_hangup_disposition: 'send_cancel' },
      'ORIGINATOR_CANCEL',
    ],
  ])('says of %s what the phone said, and nothing that we said to it', (cause, more, said) => {
    const { steps, told } = readAll([create(CALL), hangup(CALL, cause, more), job(`-ERR ${cause}`)]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps).toEqual(['first asked', `first ended ${said}`, 'ended']);
  });

  it('knows an order that came to nothing without a channel', () => {
    const { steps, told } = readAll([job('-ERR USER_NOT_REGISTERED')]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps).toEqual(['ended USER_NOT_REGISTERED']);
    expect(told[0]?.fact).toMatchObject({ cause: { means: 'unavailable', phone: 'unregistered' } });
  });

  it('knows why a second number could not even be rung, from the channel that should have rung it', () => {
    const more = { variable_originate_failed_cause: 'USER_NOT_REGISTERED' };
    expect(readAll([...FIRST_TALKS, hangup(CALL, 'NORMAL_CLEARING', more)]).steps.slice(3)).toEqual([
      'second ended USER_NOT_REGISTERED',
      'first ended NORMAL_CLEARING/16',
      'ended',
    ]);
    expect(readAll([...FIRST_TALKS, hangup(CALL, 'NORMAL_CLEARING', BYE)]).steps.slice(3)).toEqual([
      'first hung_up',
      'first ended NORMAL_CLEARING/16',
      'ended',
    ]);
  });
});

describe('several phones of one side', () => {
  it('are one first leg: one that is busy says nothing while another rings, and losers say nothing at all', () => {
    const { steps, told } = readAll([
      create(CALL),
      create('other'),
      create('third'),
      hangup('third', 'USER_BUSY', busy),
      answer('other'),
      hangup(CALL, 'LOSE_RACE'),
      job('+OK other'),
      create('second', 'other'),
      hangup('other', 'NORMAL_CLEARING', BYE),
      hangup('second', 'ORIGINATOR_CANCEL', {}, 'other'),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps).toEqual([
      'first asked',
      'first answered',
      'second asked',
      'first hung_up',
      'first ended NORMAL_CLEARING/16',
      'second ended ORIGINATOR_CANCEL',
      'ended',
    ]);
  });

  it('are one second leg, given up together', () => {
    const { steps, told } = readAll([
      ...FIRST_TALKS,
      create('one', CALL),
      create('two', CALL),
      hangup(CALL, 'NORMAL_CLEARING', BYE),
      hangup('one', 'ORIGINATOR_CANCEL', {}, CALL),
      hangup('two', 'ORIGINATOR_CANCEL', {}, CALL),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps.slice(3)).toEqual([
      'second asked',
      'first hung_up',
      'first ended NORMAL_CLEARING/16',
      'second ended ORIGINATOR_CANCEL',
      'ended',
    ]);
  });

  it('may be asked one after another: trunks, of which the second takes the call', () => {
    const { steps, told } = readAll([
      ...FIRST_TALKS,
      create('trunk-1', CALL),
      hangup('trunk-1', 'NORMAL_TEMPORARY_FAILURE', { variable_sip_term_status: '503' }, CALL),
      create('trunk-2', CALL),
      answer('trunk-2', CALL),
      joined(CALL, 'trunk-2'),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps.slice(3)).toEqual([
      'second asked',
      'second ended NORMAL_TEMPORARY_FAILURE/41/503',
      'second asked',
      'second answered',
      'connected',
    ]);
  });

  it('include one that was not called for this call: an agent of a queue, or whoever picked it up', () => {
    const agent = rawEvent('CHANNEL_HANGUP', {
      'Unique-ID': 'agent',
      'Hangup-Cause': 'NORMAL_CLEARING',
      ...BYE,
    });
    const { steps, told } = readAll([
      ...FIRST_TALKS,
      joined(CALL, 'agent'),
      agent,
      hangup(CALL, 'NORMAL_CLEARING'),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps.slice(3)).toEqual([
      'connected',
      'second hung_up',
      'second ended NORMAL_CLEARING/16',
      'first ended NORMAL_CLEARING/16',
      'ended',
    ]);
  });
});

describe('a call that is sent on', () => {
  const BLIND = { ...BYE, variable_endpoint_disposition: 'BLIND_TRANSFER' };

  it('by the first side goes on without it, until the second has ended', () => {
    const { steps, reader, told } = readAll([
      ...BOTH_TALK,
      create('third', 'second'),
      hangup(CALL, 'BLIND_TRANSFER', BLIND),
      answer('third', 'second'),
      joined('second', 'third'),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps.slice(7)).toEqual(['first ended BLIND_TRANSFER']);
    expect(reader.phonesOf(CALL)).toEqual(['second']);
    expect(readAll([hangup('second', 'NORMAL_CLEARING', BYE, CALL)], reader).steps).toEqual([
      'second hung_up',
      'second ended NORMAL_CLEARING/16',
      'ended',
    ]);
    expect(readAll([hangup('third', 'NORMAL_CLEARING', {}, 'second')], reader).steps).toEqual([]);
  });

  it('by the second side goes on with whom it was sent to', () => {
    const { steps, told } = readAll([
      ...BOTH_TALK,
      create('third', CALL),
      hangup('second', 'NORMAL_CLEARING', BLIND, CALL),
      answer('third', CALL),
      hangup(CALL, 'NORMAL_CLEARING', BYE),
      hangup('third', 'NORMAL_CLEARING', {}, CALL),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps.slice(7)).toEqual([
      'second asked',
      'first hung_up',
      'first ended NORMAL_CLEARING/16',
      'second ended NORMAL_CLEARING/16',
      'ended',
    ]);
  });

  it('by the second side after a word with whom it is sent to is a new connection', () => {
    const { steps, told } = readAll([
      ...BOTH_TALK,
      joined(CALL, 'third'),
      hangup('second', 'ATTENDED_TRANSFER', BYE, CALL),
      hangup(CALL, 'NORMAL_CLEARING', BYE),
      rawEvent('CHANNEL_HANGUP', { 'Unique-ID': 'third', 'Hangup-Cause': 'NORMAL_CLEARING' }),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps.slice(7)).toEqual([
      'connected',
      'first hung_up',
      'first ended NORMAL_CLEARING/16',
      'second ended NORMAL_CLEARING/16',
      'ended',
    ]);
  });
});

describe('a first side through a loopback channel', () => {
  const near = { 'Channel-Name': 'loopback/15551234567-a' };
  const relay = { 'Channel-Name': 'loopback/15551234567-b', 'Call-Direction': 'inbound' };
  const mobile = { 'Other-Leg-Channel-Name': 'loopback/15551234567-b' };
  const begun = [
    // The halves run in threads of their own: the other one may be told of first.
    ofChannel('CHANNEL_CREATE', 'relay', relay),
    ofChannel('CHANNEL_CREATE', CALL, near),
    ofChannel('CHANNEL_CREATE', 'mobile', mobile, 'relay'),
    ofChannel('CHANNEL_PROGRESS', CALL, near),
  ];

  it('ends with the phone behind it, which says who hung up', () => {
    const { steps, told } = readAll([
      ...begun,
      ofChannel('CHANNEL_ANSWER', 'mobile', mobile, 'relay'),
      ofChannel('CHANNEL_ANSWER', CALL, near),
      joined('relay', 'mobile', relay),
      create('second', CALL),
      answer('second', CALL),
      joined(CALL, 'second'),
      hangup('mobile', 'NORMAL_CLEARING', { ...BYE, ...mobile }, 'relay'),
      ofChannel('CHANNEL_HANGUP', 'relay', { ...relay, 'Hangup-Cause': 'NORMAL_CLEARING' }),
      hangup(CALL, 'NORMAL_CLEARING', near),
      hangup('second', 'NORMAL_CLEARING', {}, CALL),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps).toEqual([
      'first asked',
      'first ringing',
      'first answered',
      'second asked',
      'second answered',
      'connected',
      'first hung_up',
      'first ended NORMAL_CLEARING/16',
      'second ended NORMAL_CLEARING/16',
      'ended',
    ]);
  });

  it('has the cause of the phone behind it, with its SIP status', () => {
    const { steps, told } = readAll([
      ...begun,
      hangup('mobile', 'USER_BUSY', { ...busy, ...mobile }, 'relay'),
      hangup(CALL, 'USER_BUSY', near),
      job('-ERR USER_BUSY'),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps.slice(2)).toEqual(['first ended USER_BUSY/17/486', 'ended']);
  });
});

describe('a reader that comes in the middle', () => {
  it('knows the sides by what each event says, and makes nothing up', () => {
    const { steps, told } = readAll([
      answer('second', CALL),
      joined(CALL, 'second'),
      hangup('second', 'NORMAL_CLEARING', BYE, CALL),
      hangup(CALL, 'NORMAL_CLEARING'),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps).toEqual([
      'second answered',
      'connected',
      'second hung_up',
      'second ended NORMAL_CLEARING/16',
      'first ended NORMAL_CLEARING/16',
      'ended',
    ]);
  });

  it('knows by the time of its answer that a first channel which ends was not refused', () => {
    const { steps, told } = readAll([
      hangup(CALL, 'NORMAL_CLEARING', { ...BYE, 'Caller-Channel-Answered-Time': '1732520000000000' }),
    ]);
    expect(replay(told).steps, 'of what was kept').toEqual(steps);
    expect(steps).toEqual(['first hung_up', 'first ended NORMAL_CLEARING/16', 'ended']);
  });
});

describe('whatever else comes', () => {
  it('of other calls gives nothing, their jobs included', () => {
    const theirs = { 'Unique-ID': 'theirs', 'Hangup-Cause': 'USER_BUSY' };
    expect(readAll([rawEvent('CHANNEL_CREATE', theirs), rawEvent('CHANNEL_HANGUP', theirs)]).steps).toEqual(
      [],
    );
    const job = { 'Job-UUID': CALL, 'Job-Command': 'originate', 'Job-Command-Arg': 'user/101 &park' };
    expect(readAll([rawEvent('BACKGROUND_JOB', job, '-ERR USER_BUSY')]).steps).toEqual([]);
    expect(readAll(['', 'Content-Type: command/reply\nReply-Text: +OK\n\n']).steps).toEqual([]);
  });

  it('keeps no password and no key of a talk', () => {
    const secrets = {
      variable_sip_auth_password: 'geheim',
      variable_switch_r_sdp: 'v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:geheim',
      variable_rtp_last_audio_crypto_key: 'inline:geheim',
      variable_sip_from_user: '101',
    };
    const raw = readAll([ofChannel('CHANNEL_CREATE', CALL, secrets)]).told[0]?.frame?.raw ?? '';
    expect(raw).not.toContain('geheim');
    expect(raw).toContain('variable_sip_auth_password: ***');
    expect(raw).toContain('variable_sip_from_user: 101');
  });

  it('never throws, and ends a call once, at the end of what it tells', () => {
    const channels = [CALL, 'other', 'second', 'relay'];
    const anyEvent = fc
      .record({
        name: fc.constantFrom(
          'CREATE',
          'PROGRESS',
          'PROGRESS_MEDIA',
          'ANSWER',
          'BRIDGE',
          'HANGUP',
          'HANGUP_COMPLETE',
        ),
        uuid: fc.constantFrom(...channels),
        caller: fc.constantFrom(undefined, undefined, ...channels),
        cause: fc.constantFrom('NORMAL_CLEARING', 'USER_BUSY', 'LOSE_RACE', 'BLIND_TRANSFER', ''),
        bye: fc.boolean(),
        relay: fc.boolean(),
      })
      .map(({ name, uuid, caller, cause, bye, relay }) =>
        ofChannel(
          `CHANNEL_${name}`,
          uuid,
          {
            'Hangup-Cause': cause,
            'Bridge-A-Unique-ID': uuid,
            'Bridge-B-Unique-ID': caller ?? 'agent',
            ...(bye ? BYE : {}),
            ...(relay ? { 'Other-Leg-Channel-Name': 'loopback/1-b' } : { 'Channel-Name': 'loopback/1-a' }),
          },
          caller,
        ),
      );
    const anything = fc.oneof(
      { weight: 20, arbitrary: anyEvent },
      fc.constantFrom(job(`+OK ${CALL}`), job('+OK other'), job('-ERR NO_ANSWER'), job('')),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (raws) => {
        const { steps } = readAll(raws);
        expect(steps.filter((step) => step.startsWith('ended')).length).toBeLessThanOrEqual(1);
        if (steps.some((step) => step.startsWith('ended'))) expect(steps.at(-1)).toMatch(/^ended/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('costs no more than its bound, however many calls never end', () => {
    const reader = new FreeswitchReader();
    const id = (index: number) => `${String(index).padStart(8, '0')}${CALL.slice(8)}`;
    for (let index = 0; index < 10_050; index++)
      reader.read(ofChannel('CHANNEL_CREATE', id(index), { variable_click2call_id: id(index) }), 0);
    expect(reader.phonesOf(id(0))).toEqual([]);
    expect(reader.phonesOf(id(10_049))).toEqual([id(10_049)]);
  });
});
