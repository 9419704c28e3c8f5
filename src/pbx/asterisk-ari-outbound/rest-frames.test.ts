import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeRequest, readResponse } from './rest-frames.ts';

it('writes a request as Asterisk takes it: no slash before the path, every value a text', () => {
  const frame = encodeRequest('r1', {
    method: 'POST',
    path: ['channels', 'c2c-1', 'variable'],
    query: { variable: 'TIMEOUT(absolute)', value: '0' },
  });
  expect(JSON.parse(frame)).toEqual({
    type: 'RESTRequest',
    transaction_id: 'r1',
    request_id: 'r1',
    method: 'POST',
    uri: 'channels/c2c-1/variable',
    query_strings: [
      { name: 'variable', value: 'TIMEOUT(absolute)' },
      { name: 'value', value: '0' },
    ],
  });
});

it('carries any body through, as one text', () => {
  const json = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(json, (body) => {
      const sent = JSON.parse(encodeRequest('r1', { method: 'POST', path: ['channels'], body })) as {
        message_body: string;
      };
      expect(JSON.parse(sent.message_body)).toEqual(JSON.parse(JSON.stringify(body)));
    }),
  );
});

it('reads anything without throwing; what has no status is neither success nor refusal', () => {
  fc.assert(
    fc.property(fc.anything(), (json) => {
      expect(() => readResponse(json)).not.toThrow();
    }),
  );
  expect(readResponse({ request_id: 'r1' })).toEqual({ id: 'r1', answer: { status: 0, body: '' } });
});
