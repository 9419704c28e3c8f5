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

/** Of twenty good clicks, one after the other: how long one takes. */
async function goodClickMs(): Promise<number> {
  const times: number[] = [];
  for (let click = 0; click < 20; click += 1) {
    const started = performance.now();
    const answer = await gateway.click({ dial_first: '101', dial_second: '102' });
    expect(answer.response.status).toBe('success');
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[10] ?? 0;
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
    ['a bare line feed in a header', 'GET /c2c/v2 HTTP/1.1\r\nHost: x\r\nX: a\nY: b\r\n\r\n'],
    ['no host', 'GET /c2c/v2 HTTP/1.1\r\n\r\n'],
    ['a URL of a megabyte', `GET /c2c/v2?dial_first=${'1'.repeat(1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a header of a megabyte', `GET /c2c/v2 HTTP/1.1\r\nHost: x\r\nX: ${'1'.repeat(1_000_000)}\r\n\r\n`],
  ])('%s: closed', async (_what, bytes) => {
    const { text, closed } = await raw(bytes);
    expect(closed).toBe(true);
    expect(text).not.toContain('success');
  });

  /** What two servers in a row could read as one request or as two, so that the second is somebody's that nobody sent. */
  it.each([
    ['two lengths', 'Content-Length: 0\r\nContent-Length: LENGTH'],
    ['two lengths in one line', 'Content-Length: 0, LENGTH'],
    ['a length and chunks', 'Content-Length: LENGTH\r\nTransfer-Encoding: chunked'],
    ['chunks and a length', 'Transfer-Encoding: chunked\r\nContent-Length: LENGTH'],
    ['a blank before the colon', 'Transfer-Encoding : chunked'],
    ['a folded line', 'Content-Length:\r\n LENGTH'],
    ['a line that begins with a blank', ' Transfer-Encoding: chunked'],
    ['an unknown encoding', 'Transfer-Encoding: xchunked'],
    ['chunked, and then something else', 'Transfer-Encoding: chunked, identity'],
    ['chunked behind a vertical tab', 'Transfer-Encoding: \u000bchunked'],
    ['chunked in two lines', 'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked'],
    ['a length with a sign', 'Content-Length: +LENGTH'],
    ['a length in hexadecimal', 'Content-Length: 0xLENGTH'],
    ['a length with a blank inside', 'Content-Length: 1 LENGTH'],
    ['a length over every number', 'Content-Length: 99999999999999999999'],
    ['a bare carriage return', 'X: a\rContent-Length: LENGTH'],
    ['a NUL in a name', 'Content-Length\0: LENGTH'],
  ])('%s: the request within is nobody’s', async (_what, headers) => {
    const within =
      `GET /c2c/v2?dial_first=104&dial_second=109&api_key=${gateway.key} HTTP/1.1\r\nHost: x\r\n` +
      'Connection: close\r\n\r\n';
    const bytes = `POST /healthz HTTP/1.1\r\nHost: x\r\n${headers.replace('LENGTH', String(within.length))}\r\n\r\n`;
    const { text, closed } = await raw(`${bytes}0\r\n\r\n${within}`, 3_000);
    expect(closed || !text.includes('200 OK')).toBe(true);
    expect(text).not.toContain('"success"');
    expect(gateway.pbx.calls().filter(({ first }) => first === '104')).toEqual([]);
  });

  it.each([
    ['a size in hexadecimal with its mark', '0x5\r\nhello\r\n0\r\n\r\n'],
    ['a size over every number', 'fffffffffffffffff\r\nhello\r\n0\r\n\r\n'],
    ['a size with a sign', '-5\r\nhello\r\n0\r\n\r\n'],
    ['a chunk that is longer than its size', '2\r\nhello\r\n0\r\n\r\n'],
    ['line feeds alone', '5\nhello\n0\n\n'],
  ])('chunks with %s: closed', async (_what, chunks) => {
    const head = `POST /c2c/v2?api_key=${gateway.key} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
    const { text } = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunks}`, 3_000);
    expect(text).not.toContain('"success"');
    expect(text).not.toContain(' 200 ');
  });

  it('a body without end is cut off where a body ends', async () => {
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const head = `POST /c2c/v2?api_key=${gateway.key} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
    const { text } = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(40)}`, 3_000);
    expect(text).toContain('The body is over 65536 bytes');
  });

  it('slow senders hold up nobody and are closed', { timeout: 40_000 }, async () => {
    // On a machine that carries other things as well, a click takes its time without them too.
    const alone = await goodClickMs();
    const slow = Array.from({ length: 50 }, () =>
      raw('GET /c2c/v2?dial_first=101 HTTP/1.1\r\nHost: x\r\nX-Slow: ', 30_000),
    );
    expect(await goodClickMs()).toBeLessThan(Math.max(100, alone * 3));
    for (const { closed } of await Promise.all(slow)) expect(closed).toBe(true);
  });

  it('a body that never comes is not waited for', { timeout: 40_000 }, async () => {
    const head =
      'POST /c2c/v2 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
    const { closed, text } = await raw(head, 30_000);
    expect(closed).toBe(true);
    expect(text).not.toContain('"success"');
  });
});
