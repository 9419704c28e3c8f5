import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyInvalid, decodeForm, decodeJson } from '../decode.ts';
import { readParameters } from './parameters.ts';

describe('a query or form', () => {
  it('is decoded pair by pair', () => {
    expect(decodeForm('dial_first=101&dial_second=%2B1+555&pbx=a%20b&timeout&x=1&x=2')).toEqual([
      ['dial_first', '101'],
      ['dial_second', '+1 555'],
      ['pbx', 'a b'],
      ['timeout', ''],
      ['x', '1'],
      ['x', '2'],
    ]);
  });

  it('takes the plus that people paste in front of a number for a plus', () => {
    expect(decodeForm('dial_second=+1%20(555)%20123-4567')).toEqual([['dial_second', '+1 (555) 123-4567']]);
    expect(decodeForm('dial_first=tel:+15551234567')).toEqual([['dial_first', 'tel:+15551234567']]);
    expect(decodeForm('dial_first=+101&dial_as=+1+2')).toEqual([
      ['dial_first', ' 101'],
      ['dial_as', ' 1 2'],
    ]);
    expect(decodeForm('pbx=+main')).toEqual([['pbx', ' main']]);
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readParameters(decodeForm(text))));
    expect(decodeForm('dial_first=%FF%zz')[0]?.[1]).toContain('\uFFFD');
  });
});

describe('a JSON body', () => {
  it('holds texts and whole numbers', () => {
    expect(decodeJson('{"dial_first": 101, "dial_second": "+1 555"}')).toEqual([
      ['dial_first', '101'],
      ['dial_second', '+1 555'],
    ]);
  });

  it('counts a name that it has twice, which JSON.parse does not tell', () => {
    expect(decodeJson('{"a": "b: \\" \\"c\\":", "a" : "2", "c": "3"}').map(([name]) => name)).toEqual([
      'a',
      'c',
      'a',
    ]);
  });

  it.each([
    '',
    '{',
    '[]',
    '"101"',
    'null',
    '{"dial_first": null}',
    '{"dial_first": ["101"]}',
    '{"timeout": 1.5}',
  ])('is refused where it is %s', (text) => {
    expect(() => decodeJson(text)).toThrow(BodyInvalid);
  });

  it('is no way to an object prototype', () => {
    const { refusals } = readParameters(decodeJson('{"__proto__": "x", "constructor": "y"}'));
    expect(refusals.map((refusal) => refusal.code)).toEqual(['parameter_unknown', 'parameter_unknown']);
  });
});

describe('readParameters', () => {
  it('leaves out what it is told to ignore, and is not told to ignore its own', () => {
    const { refusals, request } = readParameters(
      decodeForm('dial_first=101&token=a&token=b&tonumber=7&ignore=token, tonumber'),
    );
    expect([refusals, request.dialFirst]).toEqual([[], '101']);
    const own = readParameters(decodeForm('dial_first=101&ignore=dial_first,explain&dail_first=1'));
    expect(own.refusals.map(({ code, field }) => [code, field])).toEqual([
      ['parameter_invalid', 'ignore'],
      ['parameter_unknown', 'dail_first'],
    ]);
  });

  it('names unknown and repeated parameters', () => {
    const { refusals } = readParameters(decodeForm('dial_frist=1&dial_second=2&dial_second=3&sound=4'));
    expect(refusals.map((refusal) => refusal.message)).toEqual([
      '"dial_frist" is no parameter; did you mean dial_first?',
      'dial_second is given 2 times; give it once.',
      '"sound" is no parameter; there are api_key, dial_first, dial_second, pbx, timeout, dail_as, dial_as, wait, explain, ignore.',
    ]);
  });

  it('takes dail_as and dial_as for the same, and refuses two that differ', () => {
    expect(readParameters(decodeForm('dail_as=201')).request.dialAs).toBe('201');
    expect(readParameters(decodeForm('dial_as=201')).request.dialAs).toBe('201');
    expect(readParameters(decodeForm('dial_as=201&dail_as=201')).refusals).toEqual([]);
    expect(readParameters(decodeForm('dial_as=201&dail_as=202')).refusals).toEqual([
      {
        code: 'dial_as_conflict',
        message: 'dail_as and dial_as are both given and differ; give one of them.',
      },
    ]);
  });
});
