import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { buildRequest, type BuiltRequest } from './build-request.ts';
import { UnsafeValue } from './encode.ts';
import type { Step, Template } from './template.ts';
import type { Sources } from './values.ts';

/** Every place that a value can stand in, with a neighbour that it must not touch. */
const PLACES = {
  method: 'POST',
  path: '/v1/{first}/calls/{setting:in_path}',
  query: { a: '{setting:a}', both: '{first}-{setting:a}', last: 'stays' },
  headers: { 'X-Value': '{setting:header}', 'X-Last': 'stays' },
  success: { status: [200] },
} as const satisfies Partial<Step>;

const step = (body: NonNullable<Step['body']>): Step => ({
  ...PLACES,
  success: { status: [200] },
  body,
});

function sourcesOf(settings: Record<string, string>, first = '101'): Sources {
  const template = { label: 'Test', dial_as: 'none', call: step({}) } as Template;
  const plan = { callId: 'c', first, second: '102', dialAs: undefined, timeoutSeconds: 30 };
  return { template, settings: { a: 'a', in_path: 'p', header: 'h', ...settings }, plan, login: new Map() };
}

/** Undefined: refused, and so never sent. */
function built(given: Step, sources: Sources): BuiltRequest | undefined {
  try {
    return buildRequest(given, sources);
  } catch (error) {
    if (error instanceof UnsafeValue) return undefined;
    throw error;
  }
}

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  // What injections are made of.
  fc.string({
    unit: fc.constantFrom(...Array.from('./%2eE?#&=;@:\\ \r\n\t\0"\'{}[]<>!-]]>&lt;a1é\u{1f600}\ud800')),
  }),
);
const tame = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => !/^\.{1,2}$/.test(text));

describe('a value stands in its place and nowhere else, whatever it is', () => {
  it('path and query', () => {
    fc.assert(
      fc.property(anything, anything, anything, (first, inPath, a) => {
        const request = built(step({}), sourcesOf({ in_path: inPath, a }, first));
        if (request === undefined) return;
        const url = new URL(`https://pbx.example:8443${request.path}`);
        // As undici parses it: nothing is normalised away.
        expect(url.pathname + url.search + url.hash).toBe(request.path);
        expect(url.host).toBe('pbx.example:8443');
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'v1', first, 'calls', inPath]);
        const pairs = url.search
          .slice(1)
          .split('&')
          .map((pair) => pair.split('=').map(decodeURIComponent));
        expect(pairs).toEqual([
          ['a', a],
          ['both', `${first}-${a}`],
          ['last', 'stays'],
        ]);
      }),
    );
  });

  it('headers', () => {
    fc.assert(
      fc.property(anything, (header) => {
        const request = built(step({}), sourcesOf({ header }));
        if (request === undefined) return;
        expect(request.headers).toEqual({ 'x-value': header, 'x-last': 'stays' });
        expect(header).toMatch(/^[\x20-\x7e]*$/);
        expect(header).toBe(header.trim());
      }),
    );
  });

  it('JSON', () => {
    fc.assert(
      fc.property(anything, anything, (a, first) => {
        const body = {
          json: { to: '{setting:a}', list: ['{first}', { deep: 'x{setting:a}y' }] },
        };
        const request = built(step(body), sourcesOf({ a }, first === '' ? '101' : first));
        if (request === undefined) return;
        expect(JSON.parse(request.body ?? '')).toEqual({
          to: a,
          list: [first === '' ? '101' : first, { deep: `x${a}y` }],
        });
      }),
    );
  });

  it('forms', () => {
    fc.assert(
      fc.property(anything, (a) => {
        const request = built(step({ form: { a: '{setting:a}', last: 'stays' } }), sourcesOf({ a }));
        if (request === undefined) return;
        expect([...new URLSearchParams(request.body)]).toEqual([
          ['a', a],
          ['last', 'stays'],
        ]);
      }),
    );
  });

  it('XML, as text and as attribute', () => {
    const parser = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseTagValue: false,
      parseAttributeValue: false,
      trimValues: false,
      htmlEntities: true,
    });
    const body = {
      xml: {
        name: 'order',
        children: [
          { name: 'to', attributes: { kind: '{setting:a}' }, text: '{setting:a}' },
          { name: 'last', text: 'stays' },
        ],
      },
    };
    fc.assert(
      fc.property(anything, (a) => {
        const request = built(step(body), sourcesOf({ a }));
        if (request === undefined) return;
        const [, order] = parser.parse(request.body ?? '') as [unknown, object];
        expect(order).toEqual({
          order: [
            { to: a === '' ? [] : [{ '#text': a }], ':@': { kind: a } },
            { last: [{ '#text': 'stays' }] },
          ],
        });
      }),
    );
  });

  it('and what people really have there is never refused', () => {
    fc.assert(
      fc.property(tame, (a) => {
        const settings = sourcesOf({ a, in_path: a });
        expect(built(step({ json: '{setting:a}' }), settings)).toBeDefined();
        expect(built(step({ form: { a: '{setting:a}' } }), settings)).toBeDefined();
        expect(built(step({ xml: { name: 'a', text: '{setting:a}' } }), settings)).toBeDefined();
      }),
    );
  });
});

describe('a value that can not stand in its place is not sent', () => {
  it.each([
    ['a step up', { in_path: '..' }],
    ['a step on the spot', { in_path: '.' }],
    ['nothing, in the path', { in_path: '' }],
    ['a line break, in a header', { header: 'a\r\nX-Other: b' }],
    ['half a character', { a: '\ud800' }],
  ])('%s', (_what, settings) => {
    expect(built(step({}), sourcesOf(settings))).toBeUndefined();
  });

  it('a prefix that would go on with the port', () => {
    const given = { ...step({}), path: '{path:in_path}/calls' };
    expect(built(given, sourcesOf({ in_path: '1' }))).toBeUndefined();
    expect(built(given, sourcesOf({ in_path: '@other.example' }))).toBeUndefined();
    expect(built(given, sourcesOf({ in_path: '/a b/../c' }))).toBeUndefined();
    expect(built(given, sourcesOf({ in_path: '/a b/c' }))?.path).toMatch(/^\/a%20b\/c\/calls\?/);
  });
});

describe('a field whose optional value is not there', () => {
  it('is left out', () => {
    const body = { json: { to: '{second}', as: '{dial_as?}', list: ['{dial_as?}'] } };
    expect(built(step(body), sourcesOf({}))?.body).toBe('{"to":"102","list":[]}');
  });

  it('numbers and truth values are such in JSON', () => {
    const body = { json: { t: '{timeout|number}', s: '{timeout}', b: '{setting:a|boolean}' } };
    expect(built(step(body), sourcesOf({ a: 'true' }))?.body).toBe('{"t":30,"s":"30","b":true}');
    expect(built(step(body), sourcesOf({ a: '1; drop' }))).toBeUndefined();
  });
});
