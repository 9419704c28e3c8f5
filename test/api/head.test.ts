import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';
import { ask } from './v3/client.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Seen {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Over a connection of its own, so that what came after the headers of a HEAD would be seen. */
async function seen(method: string, url: string, accept = '*/*'): Promise<Seen> {
  const sent = request(url, { method, agent: false, headers: { accept } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const { date: _date, ...headers } = response.headers;
  return { status: response.statusCode, headers, body: await text(response) };
}

/** What HEAD is answered, and what it is to be answered by what GET is. */
async function asked(path: string, accept = 'text/html'): Promise<readonly [head: Seen, due: Seen]> {
  const { href } = new URL(path, gateway.url);
  const due = { ...(await seen('GET', href, accept)), body: '' };
  return [await seen('HEAD', href, accept), due];
}

describe('HEAD', () => {
  it.each([
    '/',
    '/console',
    '/console/',
    '/console/calls/1',
    '/console/assets/of-another-build.js',
    '/docs',
    '/docs/errors',
    '/openapi.json',
    '/widget/v1.js',
    '/healthz',
    '/l/of-nobody',
  ])('of %s is answered as GET is, without the body', async (path) => {
    const [head, due] = await asked(path);
    expect(head).toEqual(due);
  });

  it("of an error's page is answered as GET is, whoever asks for it, and of how a request stands", async () => {
    const { response } = await gateway.click({ dial_first: '101', dial_second: '403' });
    const page = response.errors[0]?.error.url ?? '';
    const status = `/c2c/v2/status/${response.request_id}?api_key=${gateway.key}`;
    for (const [head, due] of [
      await asked(page),
      await asked(page, 'application/json'),
      await asked(page, '*/*'),
      await asked(status),
    ])
      expect(head).toEqual(due);
  });

  it('rings nobody, wherever a GET or a POST would make a call', async () => {
    const { body: link } = await ask<{ url: string }>(gateway, 'POST /v3/links', {
      body: { dial_first: '101', dial_second: '102' },
    });
    const before = gateway.pbx.calls().length;
    const numbers = `dial_first=101&dial_second=102&api_key=${gateway.key}`;
    const answers = [
      await seen('HEAD', `${gateway.url}/c2c/v2?${numbers}`),
      await seen('HEAD', `${gateway.url}/c2c/v2?${numbers}&wait=connected`),
      await seen('HEAD', link.url, 'text/html'),
      await seen('HEAD', `${gateway.url}/v3/calls`),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, ''],
      [200, ''],
      [200, ''],
      [405, ''],
    ]);
    expect(gateway.pbx.calls().length).toBe(before);
  });
});
