import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRequest, UnsafeParameter, type ApiRequest } from './encoder.ts';

const REFUSED = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;
const value = fc.string({ unit: 'binary' }).filter((text) => !REFUSED.test(text));

describe('encodeRequest', () => {
  const request: ApiRequest = {
    method: 'switchvox.call',
    parameters: {
      dial_first: '101',
      caller_id_name: 'A & B',
      variables: { each: 'variable', values: ['a=1'] },
    },
  };

  it('writes JSON as the reference has it', () => {
    expect(JSON.parse(encodeRequest(request, 'json'))).toEqual({
      request: {
        method: 'switchvox.call',
        parameters: { dial_first: '101', caller_id_name: 'A & B', variables: { variable: ['a=1'] } },
      },
    });
  });

  it('writes XML as the reference has it', () => {
    expect(encodeRequest(request, 'xml')).toBe(
      '<request method="switchvox.call"><parameters><dial_first>101</dial_first>' +
        '<caller_id_name>A &amp; B</caller_id_name><variables><variable>a=1</variable></variables>' +
        '</parameters></request>',
    );
  });

  it('writes the extensions to look up as a plain list in JSON, as elements in XML', () => {
    const lookup: ApiRequest = {
      method: 'switchvox.extensions.getInfo',
      parameters: { extensions: { each: 'extension', values: ['101', '102'] } },
    };
    expect(JSON.parse(encodeRequest(lookup, 'json')).request.parameters).toEqual({
      extensions: ['101', '102'],
    });
    expect(encodeRequest(lookup, 'xml')).toContain(
      '<extensions><extension>101</extension><extension>102</extension></extensions>',
    );
  });

  it('holds exactly the given values, whatever they are: JSON', () => {
    fc.assert(
      fc.property(value, value, (first, name) => {
        const body = encodeRequest(
          { method: 'm', parameters: { dial_first: first, caller_id_name: name } },
          'json',
        );
        expect(JSON.parse(body)).toEqual({
          request: { method: 'm', parameters: { dial_first: first, caller_id_name: name } },
        });
      }),
    );
  });

  it('holds exactly the given values, whatever they are: XML', () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      parseTagValue: false,
      trimValues: false,
      processEntities: { maxTotalExpansions: 100_000, maxExpandedLength: 1_000_000 },
    });
    fc.assert(
      fc.property(value, fc.array(value, { minLength: 2, maxLength: 4 }), (first, values) => {
        const body = encodeRequest(
          { method: 'm', parameters: { dial_first: first, extensions: { each: 'extension', values } } },
          'xml',
        );
        expect(parser.parse(body)).toEqual({
          request: { '@method': 'm', parameters: { dial_first: first, extensions: { extension: values } } },
        });
      }),
    );
  });

  it('refuses what no request may hold, and does not repeat it', () => {
    for (const bad of ['1\r\n2', 'a\u0000b', '\u009f', 'x\ud800', '\uffff']) {
      for (const format of ['json', 'xml'] as const) {
        const encode = () => encodeRequest({ method: 'm', parameters: { dial_first: bad } }, format);
        expect(encode).toThrow(UnsafeParameter);
        expect(encode).toThrow(/^dial_first holds a character/);
      }
    }
    expect(() => encodeRequest({ method: 'm"><x', parameters: {} }, 'xml')).toThrow(UnsafeParameter);
    expect(() => encodeRequest({ method: 'm', parameters: { 'a b': '1' } }, 'xml')).toThrow(UnsafeParameter);
  });
});
