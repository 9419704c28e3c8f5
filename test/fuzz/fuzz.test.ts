import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyInvalid, decodeForm, decodeJson } from '../../src/http/decode.ts';
import { readParameters } from '../../src/http/c2c-v2/parameters.ts';
import { maskPairs, maskUrl } from '../../src/http/mask.ts';
import { AmiFramer } from '../../src/pbx/asterisk-ami/framer.ts';
import { AmiMessage } from '../../src/pbx/asterisk-ami/message.ts';
import { readEvent } from '../../src/pbx/asterisk/ari/events.ts';
import { readSettings } from '../../src/pbx/settings.ts';
import { EslFramer } from '../../src/pbx/freeswitch/framer.ts';
import { EslEvent, type EslMessage } from '../../src/pbx/freeswitch/message.ts';
import { AnswerReader } from '../../src/pbx/http/read-answer.ts';
import { DRIVERS } from '../../src/pbx/registry.ts';
import { decodeReply, itemsOf, NotAnAnswer } from '../../src/pbx/switchvox/decoder.ts';
import { readChallenges } from '../../src/pbx/wire/digest.ts';
import { ProtocolFault } from '../../src/pbx/wire/link-ended.ts';
import { chunksOf, cuts, nearly } from './texts.ts';

/*
 * Everything that reads what others wrote, on texts that are nearly right. It gives an answer or its own fault, in time
 * and in memory that the text's length bounds, and the same however the text comes in pieces.
 *
 * `npm run fuzz` reads a million; C2C_FUZZ_SEED repeats a run.
 */

const READERS = 8;
const RUNS = Math.ceil(Number(process.env['C2C_FUZZ_RUNS'] ?? 8_000) / READERS);
const SEED = Number(process.env['C2C_FUZZ_SEED'] ?? Date.now() % 2 ** 31);
/** A run of a million ends by itself, on any machine. */
const MINUTES_MAX = 30;
const options = { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: (MINUTES_MAX * 60_000) / READERS };
const timeout = MINUTES_MAX * 60_000;

/** What was read, or the name of the fault that is the reader's own; another one is thrown. */
function outcome<Result>(read: () => Result, fault: { readonly name: string }): Result | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.constructor === fault) return fault.name;
    throw error;
  }
}

/** Whether nothing was read that was not there: a reader that repeats or pads what it reads could be made to fill the memory. */
function isWithin(read: unknown, text: string): boolean {
  return JSON.stringify(read ?? null).length < 1_000 + 40 * text.length;
}

describe(`texts that are nearly right, with C2C_FUZZ_SEED=${SEED}`, { timeout }, () => {
  const ami = nearly(
    [
      'Asterisk Call Manager/11.0.0\r\n',
      'Response: Success\r\nActionID: 1\r\nMessage: Originate successfully queued\r\n\r\n',
      'Event: OriginateResponse\r\nActionID: 1\r\nResponse: Failure\r\nReason: 8\r\nUniqueid: c2c-1\r\n\r\n',
      'Event: Hangup\r\nUniqueid: c2c-1\r\nLinkedid: c2c-1\r\nCause: 17\r\nCause-txt: User busy\r\n\r\n',
      'Event: DialBegin\r\nUniqueid: c2c-1\r\nDestUniqueid: x\r\nDestChannel: PJSIP/1\r\nLinkedid: c2c-1\r\n\r\n',
    ],
    [
      'Event: ',
      'Response: ',
      'ActionID: ',
      'Uniqueid: c2c-',
      'Cause: ',
      '\r\n\r\n',
      ': ',
      'Hangup',
      'Newstate',
    ],
  );
  it('AMI', () => {
    const framed = (text: string, at: readonly number[]) => {
      const framer = new AmiFramer({
        names: new Set(['Hangup', 'DialBegin', 'OriginateResponse']),
        about: 'c2c-',
      });
      const messages = chunksOf(Buffer.from(text), at).flatMap((chunk) => framer.push(chunk).messages);
      return messages.map((raw) => {
        const message = new AmiMessage(raw);
        return [raw, ...['Event', 'Response', 'Cause', '__proto__'].map((name) => message.get(name))];
      });
    };
    fc.assert(
      fc.property(ami, cuts, fc.boolean(), (text, at, greets) => {
        const whole = greets ? `Asterisk Call Manager/11.0.0\r\n${text}` : text;
        const once = outcome(() => framed(whole, []), ProtocolFault);
        expect(outcome(() => framed(whole, at), ProtocolFault)).toEqual(once);
        expect(isWithin(once, whole)).toBe(true);
      }),
      options,
    );
  });

  const esl = nearly(
    [
      'Content-Type: auth/request\n\n',
      'Content-Type: command/reply\nReply-Text: +OK accepted\n\n',
      'Content-Type: api/response\nContent-Length: 4\n\n+OK\n',
      'Content-Length: 40\nContent-Type: text/event-plain\n\nEvent-Name: CHANNEL_HANGUP\nUnique-ID: 1\n\n',
    ],
    [
      'Content-Type: ',
      'Content-Length: ',
      '5',
      '99999',
      '\n\n',
      'Event-Name: ',
      '%0A',
      '%ZZ',
      'text/event-plain',
    ],
  );
  it('the Event Socket', () => {
    const shown = (message: EslMessage) => {
      const event = new EslEvent(message.body);
      return [
        message.raw,
        message.type,
        message.text,
        event.get('Event-Name'),
        event.toData(),
        message.toData(),
      ];
    };
    const framed = (text: string, at: readonly number[]) => {
      const framer = new EslFramer();
      return chunksOf(Buffer.from(text), at).flatMap((chunk) => framer.push(chunk).map(shown));
    };
    fc.assert(
      fc.property(esl, cuts, (text, at) => {
        const once = outcome(() => framed(text, []), ProtocolFault);
        expect(outcome(() => framed(text, at), ProtocolFault)).toEqual(once);
        expect(isWithin(once, text)).toBe(true);
      }),
      options,
    );
  });

  const json = [
    '{"type":"StasisStart","args":["a"],"channel":{"id":"c2c-1","name":"PJSIP/101-1"},"timestamp":"2026-01-01T00:00:00.000+0000"}',
    '{"type":"ChannelDestroyed","cause":17,"cause_txt":"User busy","channel":{"id":"c2c-1"}}',
    '{"type":"Dial","dialstatus":"RINGING","peer":{"id":"c2c-1-2","name":"x"},"caller":{"id":"c2c-1"}}',
    '{"response":{"method":"switchvox.call","result":{"call":{"id":"1"}},"errors":{"error":{"code":"1","message":"no"}}}}',
    '{"dial_first":"101","dial_second":"+1 (555) 123-4567","api_key":"c2c_x","timeout":30}',
  ];
  const jsonPieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"type":',
    '"channel":',
    'null',
    'true',
    '{"__proto__":',
    '[[[[[[',
    '\\u0000',
    '\\ud800',
  ];
  const anyJson = nearly(json, jsonPieces);

  it('events of ARI', () => {
    fc.assert(
      fc.property(anyJson, (text) => {
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          return;
        }
        expect(isWithin(readEvent(value), text)).toBe(true);
      }),
      options,
    );
  });

  /** The readers that make facts of calls out of events, of every driver that has one. */
  it('events of calls', () => {
    const given = { host: 'h', username: 'u', secret: 's', password: 's', domain: 'box.test' };
    const readers = DRIVERS.flatMap((driver) => {
      const names = driver.manifest.settings.map(({ name }) => name);
      const own = Object.entries(given).filter(([name]) => names.includes(name));
      const reading = readSettings(driver.manifest, Object.fromEntries(own));
      if (driver.reader === undefined || !reading.ok) return [];
      return [() => driver.reader?.(reading.settings)];
    });
    expect(readers.length).toBeGreaterThan(2);
    fc.assert(
      fc.property(fc.array(fc.oneof(ami, esl, anyJson), { maxLength: 4 }), (texts) => {
        for (const make of readers) {
          const reader = make();
          for (const text of texts) expect(isWithin(reader?.read(text, 1), text)).toBe(true);
        }
      }),
      // Once found: words that every object has.
      {
        ...options,
        examples: [[['Event: __proto__\r\nUniqueid: c2c-1']], [['Event: constructor\r\nActionID: c2c-1']]],
      },
    );
  });

  it('answers of a Switchvox', () => {
    const xml = nearly(
      [
        '<response method="switchvox.call"><result><call id="1"/></result></response>',
        '<response><errors><error code="10011" message="Missing"/><error code="2"/></errors></response>',
      ],
      [
        '<response',
        '<result>',
        '</',
        '/>',
        '>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<!DOCTYPE',
        '&amp;',
        '&#0;',
        '&#x110000;',
        '<?xml',
        'code="',
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(xml, anyJson),
        fc.constantFrom('xml' as const, 'json' as const),
        (text, format) => {
          const read = outcome(() => decodeReply(text, format), NotAnAnswer);
          expect(isWithin(read, text)).toBe(true);
          if (typeof read !== 'string') expect(isWithin(itemsOf(read.result, 'call'), text)).toBe(true);
        },
      ),
      options,
    );
  });

  it('answers that a template reads', () => {
    const xml = [
      '<a><b>1</b></a>',
      '<soap:Envelope xmlns:soap="x"><soap:Body><r c="2">x</r></soap:Body></soap:Envelope>',
    ];
    const anything = nearly(
      [...xml, ...json],
      [...jsonPieces, '<', '</b>', '>', '<!DOCTYPE', '<![CDATA[', '&lt;'],
    );
    fc.assert(
      fc.property(anything, (text) => {
        const reader = new AnswerReader({
          status: 200,
          headers: { a: text },
          body: text,
          frames: [FRAME, FRAME],
        });
        const places = [
          { json: '/response/errors/0' },
          { json: '/__proto__/x' },
          { xml: 'b' },
          { header: 'A' },
          { after: '>', before: '<' },
        ];
        expect(
          isWithin(
            places.map((place) => reader.at(place)),
            text,
          ),
        ).toBe(true);
      }),
      options,
    );
  });

  it('challenges of HTTP', () => {
    const challenge = nearly(
      ['Digest realm="a", nonce="b", qop="auth,auth-int", algorithm=MD5', 'Basic realm="x"'],
      ['Digest ', 'Basic ', 'realm=', 'nonce=', ',', '="', "='", '=', 'qop=', 'stale=true'],
    );
    fc.assert(
      fc.property(challenge, (text) => {
        expect(isWithin(readChallenges(text), text)).toBe(true);
      }),
      options,
    );
  });

  it('queries, forms and JSON of requests', () => {
    const form = nearly(
      [
        'dial_first=101&dial_second=%2B15551234567&api_key=c2c_0123456789',
        'dial_first=+1 (555)&timeout=30&pbx=main',
      ],
      [
        '&',
        '=',
        '%',
        '%2',
        '%ff',
        '+',
        'dial_first',
        'api_key',
        'api%5Fkey',
        'c2c_0123456789abcdef',
        'c2c_live_0123456789abcdef',
        'c2c_pub_0123456789abcdef',
        '?',
        '#',
      ],
    );
    fc.assert(
      fc.property(form, anyJson, (query, body) => {
        for (const pairs of [decodeForm(query), outcome(() => decodeJson(body), BodyInvalid)]) {
          if (typeof pairs === 'string') continue;
          expect(isWithin(readParameters(pairs), query + body)).toBe(true);
          expect(JSON.stringify(maskPairs(pairs))).not.toMatch(KEY_BEGUN);
        }
        expect(maskUrl(`/c2c/v2?${query}`)).not.toMatch(KEY_BEGUN);
      }),
      options,
    );
  });
});

/** So much of a key is masked. */
const KEY_BEGUN = /c2c_(?:(?:live|test|pub)_)?[0-9A-Za-z]{6}/;

const FRAME = { direction: 'received', atMicros: 0, raw: '' } as const;
