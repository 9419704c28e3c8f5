import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReply, itemsOf, NotAnAnswer, readable } from './decoder.ts';

const inJson = (said: object) => decodeReply(JSON.stringify({ response: { method: 'm', ...said } }), 'json');
const inXml = (said: string) =>
  decodeReply(`<?xml version="1.0"?>\n<response method="m">${said}</response>`, 'xml');

describe('decodeReply', () => {
  it('reads a result, in JSON and XML alike', () => {
    const result = { call_info: { dialed_first: '101', dialed_second: '95554578299' } };
    expect(inJson({ result })).toEqual({ method: 'm', result, errors: [] });
    const xml = '<result><call_info dialed_first="101" dialed_second="95554578299"></call_info></result>';
    expect(inXml(xml)).toEqual({ method: 'm', result, errors: [] });
  });

  it('knows an empty result from none', () => {
    expect(inJson({ result: {} }).result).toEqual({});
    expect(inXml('<result/>').result).toEqual({});
    expect(inXml('').result).toBeUndefined();
    expect(inJson({}).result).toBeUndefined();
  });

  it('reads errors as an object, an array or nothing, codes as numbers or texts', () => {
    const one = { code: 10011, message: 'Missing required parameter (dial_as_account_id)' };
    const both = [
      { code: '10011', message: one.message },
      { code: '10010', message: 'x' },
    ];
    expect(inJson({ errors: { error: one } }).errors).toEqual([both[0]]);
    expect(inJson({ errors: { error: [one, both[1]] } }).errors).toEqual(both);
    expect(inJson({ errors: [one, both[1]] }).errors).toEqual(both);
    expect(inJson({ errors: { error: 'No.' } }).errors).toEqual([{ code: '', message: 'No.' }]);
    for (const none of [null, '', [], {}, { error: null }, { error: [] }])
      expect(inJson({ errors: none }).errors).toEqual([]);
    expect(inXml('<errors><error code="10010" message="a"/></errors>').errors).toEqual([
      { code: '10010', message: 'a' },
    ]);
    expect(
      inXml('<errors><error code="1" message="a"/><error code="2" message="b"/></errors>').errors,
    ).toHaveLength(2);
  });

  it('leaves the words of the PBX as they are', () => {
    const said = (xml: string) =>
      inXml(`<errors><error code="1" message="${xml}"/></errors>`).errors[0]?.message;
    expect(said('Tom &amp; &quot;J&#233;rry&#x27;&lt;b&gt; &amp;lt; &unknown;')).toBe(
      'Tom & "Jérry\'<b> &lt; &unknown;',
    );
    expect(inXml('<errors><error><![CDATA[a &amp; <b>]]></error></errors>').errors[0]?.message).toBe(
      'a &amp; <b>',
    );
  });

  it.each([
    ['json', '<!DOCTYPE html><html></html>'],
    ['json', 'null'],
    ['json', '{"response":[]}'],
    ['json', ''],
    ['json', `{"response":{"result":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
    ['xml', '<html><body><br></body></html>'],
    ['xml', '<response><result></response>'],
    ['xml', '{"response":{}}'],
    ['xml', `${'<response>'.repeat(100)}${'</response>'.repeat(100)}`],
    [
      'xml',
      '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><response><result>&a;</result></response>',
    ],
    ['xml', '<!DOCTYPE r [<!ENTITY a "aaaa">]><response><result/></response>'],
    ['xml', '<response __proto__="x"><result/></response>'],
  ] as const)('says what came where it is no answer: %s %#', (format, body) => {
    expect(() => decodeReply(body, format)).toThrow(NotAnAnswer);
    expect(() => decodeReply(body, format)).toThrow(/^.{1,400}$/s);
  });

  it('is an answer or says that it is none, whatever comes', () => {
    const alike = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '"',
        '&',
        ';',
        'response',
        'result',
        ' ',
        '=',
        '[',
        ']',
        '{',
        '}',
        ':',
        ',',
        '\\',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          alike.map((pieces) => pieces.join('')),
        ),
        fc.constantFrom('json', 'xml'),
        (body, format) => {
          for (const text of [body, `{"response":${body}}`, `<response>${body}</response>`]) {
            try {
              decodeReply(text, format);
            } catch (error) {
              expect(error).toBeInstanceOf(NotAnAnswer);
            }
          }
        },
      ),
    );
  });
});

describe('itemsOf', () => {
  it('reads a list as an object, an array, wrapped, bare or nothing', () => {
    const [a, b] = [{ number: '101' }, { number: '102' }];
    expect(itemsOf({ extension: a }, 'extension')).toEqual([a]);
    expect(itemsOf({ extension: [a, b] }, 'extension')).toEqual([a, b]);
    expect(itemsOf([a, b], 'extension')).toEqual([a, b]);
    expect(itemsOf([{ extension: a }, { extension: b }], 'extension')).toEqual([a, b]);
    for (const none of [undefined, null, '', {}, [], { extension: '' }, { extension: [] }])
      expect(itemsOf(none, 'extension')).toEqual([]);
  });
});

describe('readable', () => {
  it('shows a body as its fields, and leaves what has none', () => {
    const frame = (body: string) =>
      ({ direction: 'sent', atMicros: 1, raw: '', data: { line: 'x', body } }) as const;
    expect(readable(frame('{"a":1}'), 'json').data).toEqual({ line: 'x', body: { a: 1 } });
    expect(readable(frame('<a b="1"/>'), 'xml').data).toEqual({ line: 'x', body: { a: { b: '1' } } });
    expect(readable(frame('}{'), 'json').data).toEqual({ line: 'x', body: '}{' });
  });
});
