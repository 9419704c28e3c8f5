import { describe, expect, it } from 'vitest';
import type { Fact, LegFact } from '../calls/fact.ts';
import { NEW_LIFE } from '../calls/life.ts';
import type { AnswerError } from '../switchboard/answer.ts';
import { factsOfAnswer } from '../switchboard/answer.ts';
import type { CallRecord, JournalEntry } from '../switchboard/ports.ts';
import { takeIn, type News } from '../switchboard/tracked-call.ts';
import { diagnosisText, ladderText, summaryText } from './call-text.ts';

const STARTED = Date.UTC(2026, 10, 25, 9, 30) * 1000;
const at = (seconds: number) => STARTED + Math.round(seconds * 1_000_000);

const CALL: CallRecord = {
  id: '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77',
  tenantId: 'acme',
  keyId: 'k1',
  pbxId: 'p1',
  pbxName: 'main',
  outcome: 'originating',
  life: NEW_LIFE,
  askedAtMicros: STARTED,
  first: '101',
  second: '12125551234',
  dialAs: undefined,
  reference: undefined,
  errorToken: '',
};

/** A call made of what was written down of it, as the switchboard does it. */
class Story {
  #call: CallRecord = CALL;
  readonly #entries: JournalEntry[] = [
    {
      kind: 'request',
      atMicros: STARTED,
      data: {
        method: 'GET',
        url: '/c2c/v2?dial_first=101&dial_second=12125551234&api_key=c2c_9fQ2***',
        data: {},
      },
    },
  ];

  #take(news: News): this {
    const { life, outcome, entries } = takeIn(this.#call, [news]);
    this.#call = { ...this.#call, life, outcome };
    this.#entries.push(...entries);
    return this;
  }

  exchange(seconds: number, sent: string, received?: string): this {
    this.#entries.push({ kind: 'sent', atMicros: at(seconds), data: { raw: sent } });
    if (received !== undefined)
      this.#entries.push({ kind: 'received', atMicros: at(seconds + 0.001), data: { raw: received } });
    return this;
  }

  answer(seconds: number, outcome: 'accepted' | 'failed' | 'in_doubt', error?: AnswerError): this {
    const answer = {
      requestId: CALL.id,
      outcome,
      kind: 'asterisk',
      errors: error === undefined ? [] : [error],
      errorToken: '',
    } as const;
    const atMicros = at(seconds);
    return this.#take({
      atMicros,
      facts: factsOfAnswer(answer),
      entries: [{ kind: 'answer', atMicros, data: answer }],
      outcome,
    });
  }

  heard(seconds: number, raw: string, ...facts: readonly Fact[]): this {
    const atMicros = at(seconds);
    return this.#take({ atMicros, facts, entries: [{ kind: 'heard', atMicros, data: { raw } }] });
  }

  note(seconds: number, says: string, ...facts: readonly Fact[]): this {
    const atMicros = at(seconds);
    return this.#take({ atMicros, facts, entries: [{ kind: 'note', atMicros, data: { says, facts } }] });
  }

  get drawn(): string {
    return `\n${ladderText(this.#call, this.#entries)}\n\n${diagnosisText(this.#call)}\n`;
  }
}

const first = (happened: LegFact['happened'], more: Partial<LegFact> = {}): Fact => ({
  type: 'leg',
  side: 'first',
  happened,
  ...more,
});
const second = (happened: LegFact['happened'], more: Partial<LegFact> = {}): Fact => ({
  type: 'leg',
  side: 'second',
  happened,
  ...more,
});
const GETVAR = 'Action: Getvar\r\nActionID: 1\r\nVariable: PJSIP_ENDPOINT(101,context)';
const VALUE = 'Response: Success\r\nActionID: 1\r\nVariable: PJSIP_ENDPOINT(101,context)\r\nValue: internal';
const ORIGINATE = 'Action: Originate\r\nActionID: 2\r\nChannel: PJSIP/101\r\nContext: internal';
const QUEUED = 'Response: Success\r\nActionID: 2\r\nMessage: Originate successfully queued';

function asked(): Story {
  return new Story()
    .exchange(0.002, GETVAR, VALUE)
    .exchange(0.004, ORIGINATE, QUEUED)
    .answer(0.006, 'accepted');
}

function firstAnswered(): Story {
  return asked()
    .heard(0.011, 'Event: DialBegin\r\nDestChannel: PJSIP/101-00000001', first('asked'))
    .heard(0.052, 'Event: DialState\r\nDialStatus: RINGING', first('ringing'))
    .heard(3.207, 'Event: DialEnd\r\nDialStatus: ANSWER', first('answered'))
    .heard(3.213, 'Event: DialBegin\r\nChannel: PJSIP/101-00000001', second('asked'));
}

describe('a call as a ladder', () => {
  it('that was answered', () => {
    const story = firstAnswered()
      .heard(4.1, 'Event: DialState\r\nDialStatus: RINGING', second('ringing'))
      .heard(9.844, 'Event: DialEnd\r\nDialStatus: ANSWER', second('answered'))
      .heard(9.845, 'Event: BridgeEnter\r\nBridgeUniqueid: b1', { type: 'connected' })
      .heard(71.2, 'Event: HangupRequest\r\nUniqueid: 1', second('hung_up'))
      .heard(
        71.202,
        'Event: Hangup\r\nCause: 16\r\nCause-txt: Normal Clearing',
        second('ended', { cause: { q850: 16, text: 'Normal Clearing' } }),
      )
      .heard(
        71.203,
        'Event: Hangup\r\nCause: 16\r\nCause-txt: Normal Clearing',
        first('ended', { cause: { q850: 16, text: 'Normal Clearing' } }),
        { type: 'ended' },
      );
    expect(story.drawn).toMatchInlineSnapshot(`
      "
                 us                                     main                  101              12125551234
                  │                                       │                    │                    │
         0.000 s  ● asked: GET /c2c/v2?dial_first=101&dial_second=12125551234&api_key=c2c_9fQ2***   │
         0.002 s  │── Getvar PJSIP_ENDPOINT(101,contex… ─▶│                    │                    │
         0.003 s  │◀───────── Success internal ───────────│                    │                    │
         0.004 s  │───────── Originate PJSIP/101 ────────▶│                    │                    │
         0.005 s  │◀─ Success Originate successfully q… ──│                    │                    │
         0.006 s  ● answered: success                     │                    │                    │
         0.011 s  │◀───────────── DialBegin ──────────────│─────── call ──────▶│                    │
         0.052 s  │◀───────── DialState RINGING ──────────│◀───── rings ───────│                    │
         3.207 s  │◀────────── DialEnd ANSWER ────────────│◀──── answers ──────│                    │
         3.213 s  │◀───────────── DialBegin ──────────────│────────────────────┼─────── call ──────▶│
         4.100 s  │◀───────── DialState RINGING ──────────│◀───────────────────┼────── rings ───────│
         9.844 s  │◀────────── DialEnd ANSWER ────────────│◀───────────────────┼───── answers ──────│
         9.845 s  │◀──────────── BridgeEnter ─────────────│                    │◀─── connected ────▶│
        71.200 s  │◀─────────── HangupRequest ────────────│◀───────────────────┼───── hangs up ─────│
        71.202 s  │◀────── Hangup Normal Clearing ────────│────────────────────┼─────── over ──────▶│
        71.203 s  │◀────── Hangup Normal Clearing ────────│─────── over ──────▶│                    │
                  │                                       │                    │                    │

      101 and 12125551234 were connected for 61.4 s; then 12125551234 hung up.
      "
    `);
  });

  it('whose second phone was busy', () => {
    const busy = { q850: 17, sip: 486, text: 'User busy' };
    const story = firstAnswered()
      .heard(
        3.9,
        'Event: Hangup\r\nCause: 17\r\nCause-txt: User busy\r\nTechCause: 486',
        second('ended', { cause: busy }),
      )
      .heard(3.902, 'Event: Hangup\r\nCause: 17\r\nCause-txt: User busy', first('ended', { cause: busy }), {
        type: 'ended',
      });
    expect(story.drawn).toMatchInlineSnapshot(`
      "
                 us                                     main                  101              12125551234
                  │                                       │                    │                    │
         0.000 s  ● asked: GET /c2c/v2?dial_first=101&dial_second=12125551234&api_key=c2c_9fQ2***   │
         0.002 s  │── Getvar PJSIP_ENDPOINT(101,contex… ─▶│                    │                    │
         0.003 s  │◀───────── Success internal ───────────│                    │                    │
         0.004 s  │───────── Originate PJSIP/101 ────────▶│                    │                    │
         0.005 s  │◀─ Success Originate successfully q… ──│                    │                    │
         0.006 s  ● answered: success                     │                    │                    │
         0.011 s  │◀───────────── DialBegin ──────────────│─────── call ──────▶│                    │
         0.052 s  │◀───────── DialState RINGING ──────────│◀───── rings ───────│                    │
         3.207 s  │◀────────── DialEnd ANSWER ────────────│◀──── answers ──────│                    │
         3.213 s  │◀───────────── DialBegin ──────────────│────────────────────┼─────── call ──────▶│
         3.900 s  │◀───────── Hangup User busy ───────────│◀───────────────────┼──── User busy ─────│
         3.902 s  │◀───────── Hangup User busy ───────────│─────── over ──────▶│                    │
                  │                                       │                    │                    │

      The second phone, 12125551234, was busy.
      Try again later.
      "
    `);
  });

  it('whose order was refused', () => {
    const story = new Story()
      .exchange(0.002, GETVAR, VALUE)
      .exchange(0.004, ORIGINATE, 'Response: Error\r\nActionID: 2\r\nMessage: Extension does not exist.')
      .answer(0.006, 'failed', {
        code: 'extension_unknown',
        message: '',
        said: 'Extension does not exist.',
        remedy:
          'The dialplan context internal, whose rights 101 has, knows no 12125551234: dial another number, or give a dial_as that may call it.',
      });
    expect(story.drawn).toMatchInlineSnapshot(`
      "
                 us                                     main                  101              12125551234
                  │                                       │                    │                    │
         0.000 s  ● asked: GET /c2c/v2?dial_first=101&dial_second=12125551234&api_key=c2c_9fQ2***   │
         0.002 s  │── Getvar PJSIP_ENDPOINT(101,contex… ─▶│                    │                    │
         0.003 s  │◀───────── Success internal ───────────│                    │                    │
         0.004 s  │───────── Originate PJSIP/101 ────────▶│                    │                    │
         0.005 s  │◀── Error Extension does not exist. ───│                    │                    │
         0.006 s  ● answered: fail (failed); Extension does not exist.         │                    │
                  │                                       │                    │                    │

      The PBX main can not dial 12125551234 with the rights of this call: Extension does not exist.
      The dialplan context internal, whose rights 101 has, knows no 12125551234: dial another number, or
      give a dial_as that may call it.
      "
    `);
  });

  it('whose order is in doubt', () => {
    const story = new Story()
      .exchange(0.002, GETVAR, VALUE)
      .exchange(0.004, ORIGINATE)
      .answer(10.005, 'in_doubt', {
        code: 'pbx_in_doubt',
        message: '',
        said: 'No reply within 10 s',
        remedy: 'The order was sent and the phone may ring; it is not tried again.',
      })
      .note(12.5, 'The link to the PBX is back; what happened meanwhile was not heard.', { type: 'missed' })
      .note(72.5, 'Asked for this call, the PBX knows nothing of it.', { type: 'gone' });
    expect(story.drawn).toMatchInlineSnapshot(`
      "
                 us                                     main                  101              12125551234
                  │                                       │                    │                    │
         0.000 s  ● asked: GET /c2c/v2?dial_first=101&dial_second=12125551234&api_key=c2c_9fQ2***   │
         0.002 s  │── Getvar PJSIP_ENDPOINT(101,contex… ─▶│                    │                    │
         0.003 s  │◀───────── Success internal ───────────│                    │                    │
         0.004 s  │───────── Originate PJSIP/101 ────────▶│                    │                    │
        10.005 s  ● answered: fail (in doubt); No reply within 10 s            │                    │
        12.500 s  ● The link to the PBX is back; what happened meanwhile was not heard.             │
        72.500 s  ● Asked for this call, the PBX knows nothing of it.          │                    │
                  │                                       │                    │                    │

      The PBX main was given the order and did not answer: No reply within 10 s.
      Ask at 101 whether it rang before you click again; it is not tried again by itself.
      "
    `);
  });

  it('stays within 100 characters, and shows what a terminal would obey', () => {
    const drawn = asked().note(1, `${'long '.repeat(60)}\u001b[31m${'x'.repeat(150)}`).drawn;
    expect(Math.max(...drawn.split('\n').map((line) => line.length))).toBe(100);
    expect(drawn).toContain(String.raw`\u{1b}[31m`);
  });
});

describe('the lines above it', () => {
  it('say whose request it was and what it came to', () => {
    const asker = { account: 'acme', key: { prefix: 'c2c_9fQ2', label: 'crm' } };
    expect(`\n${summaryText({ ...CALL, dialAs: '201' }, asker)}\n`).toMatchInlineSnapshot(`
      "
      Request   019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77
      Outcome   originating
      Call      originating
      Account   acme
      Asked by  the key c2c_9fQ2… (crm)
      PBX       main
      Numbers   101 → 12125551234
      Dial as   201
      "
    `);
  });
});
