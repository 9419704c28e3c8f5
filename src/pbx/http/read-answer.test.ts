import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../contract.ts';
import type { HttpAnswer } from '../wire/http-client.ts';
import { judge } from './judge.ts';
import { AnswerReader } from './read-answer.ts';
import type { Step } from './template.ts';

const frame: Frame = { direction: 'sent', atMicros: 0, raw: '', data: {} };

function answer(body: string, status = 200, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers, body, frames: [frame, frame] };
}

const step: Step = {
  method: 'GET',
  path: '/',
  success: { status: [200], where: [{ json: '/result', equals: 'ok' }] },
  said: [{ json: '/reason' }],
  refusals: [{ status: [409], code: 'pbx_in_doubt', remedy: 'Look.' }],
};

describe('a place in an answer', () => {
  it.each([
    [{ json: '/a/b~1c/1' }, '{"a":{"b/c":[1,2]}}', '2'],
    [{ json: '/a' }, '{"a":["first","second"]}', 'first'],
    [{ json: '/constructor/name' }, '{}', undefined],
    [{ json: '/a' }, '{"a":null}', undefined],
    [{ json: '/a' }, 'no json', undefined],
    [{ xml: 'code' }, '<s:e xmlns:s="x"><s:code t="int">7</s:code></s:e>', '7'],
    [{ xml: 'text' }, '<a><text>a &amp; b &lt;c&gt;</text></a>', 'a & b <c>'],
    [{ xml: 'code' }, '<!DOCTYPE a [<!ENTITY x "7">]><a><code>&x;</code></a>', undefined],
    [{ xml: 'code' }, '<a><code>&x;</code></a>', '&x;'],
    [{ after: '-ERR', before: '<' }, 'x -ERR USER_BUSY\n<br>', 'USER_BUSY'],
    [{ header: 'X-Id' }, '', '4711'],
  ])('%j in %s is %s', (place, body, found) => {
    expect(new AnswerReader(answer(body, 200, { 'x-id': '4711' })).at(place)).toBe(found);
  });

  it('is looked for in anything without harm', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.string({ unit: fc.constantFrom(...Array.from('<>/a!-["&;?')) }),
        ),
        (body) => {
          const reader = new AnswerReader(answer(body));
          for (const place of [{ json: '/a/b' }, { xml: 'a' }, { after: 'a', before: 'b' }]) reader.at(place);
        },
      ),
    );
    const deep = new AnswerReader(answer('<a>'.repeat(100_000)));
    expect(deep.at({ xml: 'a' })).toBeUndefined();
  });
});

describe('what an answer means', () => {
  it.each([
    ['{"result":"ok"}', 200, 'success', undefined],
    ['{"result":"error","reason":"busy"}', 200, 'refused', 'busy'],
    ['<h1>Not found</h1>', 404, 'refused', 'HTTP 404: <h1>Not found</h1>'],
    ['', 401, 'refused', 'HTTP 401'],
    // The order may have been carried out before.
    ['{"reason":"database error"}', 500, 'unclear', 'database error'],
    ['<h1>Bad gateway</h1>', 502, 'unclear', 'HTTP 502: <h1>Bad gateway</h1>'],
    ['<h1>Welcome</h1>', 200, 'unclear', 'HTTP 200: <h1>Welcome</h1>'],
    ['{"reason":"perhaps"}', 409, 'unclear', 'perhaps'],
  ])('%s with %i: %s', (body, status, is, said) => {
    expect(judge(step, answer(body, status), [])).toMatchObject({ is, ...(said !== undefined && { said }) });
  });

  it('repeats no secret', () => {
    expect(judge(step, answer('{"reason":"no token abc123 here"}'), ['abc123'])).toMatchObject({
      said: 'no token *** here',
    });
  });
});
