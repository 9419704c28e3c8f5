import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../contract/v3/call.ts';
import type { Problem } from '../../../contract/v3/problem.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { ask } from './client.ts';

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Whatever came, nothing rang, and it was no fault of ours. */
async function refused(
  request: Parameters<typeof ask>[1],
  given: Parameters<typeof ask>[2],
): Promise<number> {
  const before = gateway.pbx.calls().length;
  const { status } = await ask(gateway, request, given);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(gateway.pbx.calls()).toHaveLength(before);
  return status;
}

describe('hostile requests to /v3', () => {
  it.each<[what: string, body: string]>([
    ['deep lists', '['.repeat(60_000)],
    ['deep objects', '{"a":'.repeat(10_000)],
    ['deep objects that are whole', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
    [
      'a thousand unknown fields',
      JSON.stringify(Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`f${i}`, i]))),
    ],
    ['a prototype', '{"__proto__":{"dial_first":"101","dial_second":"102"}}'],
    ['a constructor', '{"constructor":{"prototype":{"pbx":"main"}},"dial_first":"101","dial_second":"102"}'],
    ['a NUL', '{"dial_first":"10\\u0000","dial_second":"102"}'],
    ['line ends', '{"dial_first":"101\\r\\nAction: Command","dial_second":"102"}'],
    ['an injected channel', '{"dial_first":"101&PJSIP/102","dial_second":"102"}'],
    ['an injected variable', '{"dial_first":"101","dial_second":"${system(id)}"}'],
    ['a number of a thousand digits', `{"dial_first":"${'1'.repeat(1_000)}","dial_second":"102"}`],
    ['a byte order mark', '\uFEFF{"dial_first":"101","dial_second":"102"}'],
  ])('%s ring nobody', async (_what, body) => {
    expect(await refused('POST /v3/calls', { body })).toBeGreaterThanOrEqual(400);
  });

  it('keys of all kinds in the URL, the path and the query are no keys', async () => {
    for (const path of [
      `/v3/me?api_key=${gateway.key}`,
      `/v3/${gateway.key}`,
      `/v3/me?Authorization=Bearer%20${gateway.key}`,
    ])
      expect(await refused(`GET ${path}`, { key: null })).toBeGreaterThanOrEqual(401);
  });

  it.each([
    '/v3/calls/..%2F..%2Fkeys',
    '/v3/calls/%00',
    '/v3/calls/%',
    `/v3/calls/${'a'.repeat(300)}`,
    '/v3/calls/*',
    "/v3/calls/' or '1'='1",
    '/v3/calls/%E0%A4%A',
    '/v3//calls',
    '/v3/pbxs/undefined',
    '/v3/keys/null',
  ])('GET %s finds nothing', async (path) => {
    expect(await refused(`GET ${path}`, {})).toBe(404);
  });

  it('texts that a database could choke on are kept as they are, and found again', async () => {
    const references = ['a"b', "it's", '%_', '\ud83d\ude00', '"quoted"', 'null', '\u202Ertl'];
    for (const reference of references) {
      const made = await ask<Call>(gateway, 'POST /v3/calls', {
        body: { dial_first: '103', dial_second: '410', pbx: 'main', reference },
      });
      expect(made).toMatchObject({ status: 201, body: { reference } });
      const found = await ask<{ items: Call[] }>(
        gateway,
        `GET /v3/calls?${new URLSearchParams({ reference })}`,
      );
      expect(found.body.items.map(({ id }) => id)).toEqual([made.body.id]);
    }
    await refused('POST /v3/calls', {
      body: '{"dial_first":"1","dial_second":"2","reference":"\\ud800\\u0000"}',
    });
  });

  it('whatever a body holds, the answer is a problem that names what is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.object().map((each) => JSON.stringify(each)),
        ),
        async (body) => {
          const { status, body: answer } = await ask<Problem>(gateway, 'POST /v3/calls', {
            body: body === '' ? ' ' : body,
          });
          expect([400, 422]).toContain(status);
          expect(answer.code).toMatch(/^(body_invalid|parameter_\w+)$/);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('whatever a query holds, the answer is a page or a problem', async () => {
    const names = fc.oneof(
      fc.constantFrom('limit', 'cursor', 'state', 'from', 'dial_first', 'pbx', 'reference'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(names, fc.string({ unit: 'binary' })), { maxLength: 4 }),
        async (pairs) => {
          const { status } = await ask(
            gateway,
            `GET /v3/calls?${pairs.map((pair) => pair.map(wellFormed).join('=')).join('&')}`,
          );
          expect([200, 422]).toContain(status);
        },
      ),
      { numRuns: 200 },
    );
  });
});

function wellFormed(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
