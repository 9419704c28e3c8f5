import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '0' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Sends bytes as they are and reads until the server closes, or until `untilMs` has passed. */
function raw(bytes: string, untilMs = 20_000): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    let text = '';
    const end = (closed: boolean) => {
      socket.destroy();
      resolve({ text, closed });
    };
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => end(true));
    socket.on('close', () => end(true));
    setTimeout(() => end(false), untilMs).unref();
    socket.write(bytes);
  });
}

async function goodClickMs(): Promise<number> {
  const started = performance.now();
  const answer = await gateway.click({ dial_first: '101', dial_second: '102' });
  expect(answer.response.status).toBe('success');
  return performance.now() - started;
}

describe('hostile HTTP', () => {
  it('header lines by the hundred are refused, and written down for the key that came with them', async () => {
    const headers = Array.from({ length: 500 }, (_, i): [string, string] => [`x-${i}`, 'y']);
    const url = `${gateway.url}/c2c/v2?dial_first=101&dial_second=102&api_key=${gateway.key}`;
    const response = await fetch(url, { headers });
    const answer = (await response.json()) as CallResponse;
    expect(response.status).toBe(200);
    expect(answer.response).toMatchObject({
      status: 'fail',
      errors: [{ error: { message: expect.stringMatching(/header lines/) } }],
    });
    expect(gateway.pbx.calls()).toEqual([]);
  });

  it('2,000 header lines are over what HTTP here takes: closed, not obeyed', async () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => `x-header-${i}: y\r\n`).join('');
    const { text, closed } = await raw(
      `GET /c2c/v2?dial_first=101&dial_second=102&api_key=${gateway.key} HTTP/1.1\r\nHost: x\r\n${lines}\r\n`,
    );
    expect(closed).toBe(true);
    expect(text).not.toContain('success');
    expect(gateway.pbx.calls()).toEqual([]);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['two lengths', 'POST /c2c/v2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'],
    [
      'a length and chunks',
      'POST /c2c/v2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a bare line feed in a header', 'GET /c2c/v2 HTTP/1.1\r\nHost: x\r\nX: a\nY: b\r\n\r\n'],
    ['no host', 'GET /c2c/v2 HTTP/1.1\r\n\r\n'],
  ])('%s: closed', async (_what, bytes) => {
    const { text, closed } = await raw(bytes);
    expect(closed).toBe(true);
    expect(text).not.toContain('success');
  });

  it('slow senders hold up nobody and are closed', { timeout: 40_000 }, async () => {
    const slow = Array.from({ length: 50 }, () =>
      raw('GET /c2c/v2?dial_first=101 HTTP/1.1\r\nHost: x\r\nX-Slow: ', 30_000),
    );
    const times: number[] = [];
    for (let i = 0; i < 20; i++) times.push(await goodClickMs());
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(100);
    for (const { closed } of await Promise.all(slow)) expect(closed).toBe(true);
  });
});
