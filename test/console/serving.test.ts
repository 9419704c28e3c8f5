import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchProcessor } from '../processor-time.ts';
import { startStage, type Stage } from './stage.ts';
import { untilPressed, untilTyped } from './until-usable.ts';

const DIST = join(import.meta.dirname, '../../dist/console');

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

async function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${stage.gateway.url}${path}`, { headers, redirect: 'manual' });
}

describe('the console as it is served', () => {
  it('stands where the root leads to, and every path of it is its one page', async () => {
    const root = await get('/');
    expect([root.status, root.headers.get('location')]).toEqual([302, '/console/']);
    for (const path of ['/console', '/console/', '/console/calls/1', '/console/../console/keys']) {
      const response = await get(path);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
      expect(await response.text()).toContain('<div id="console">');
    }
  });

  it('gives its parts for good, with their types, compressed for whoever can read that', async () => {
    const part = globSync('assets/index-*.js', { cwd: DIST })[0] ?? '';
    const plain = await get(`/console/${part}`, { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
    expect(plain.headers.get('content-encoding')).toBe(null);
    const small = await get(`/console/${part}`, { 'accept-encoding': 'gzip, br' });
    expect(small.headers.get('content-encoding')).toBe('br');
    expect(await small.text()).toBe(await plain.text());
  });

  it('gives no page for a part of another build, and nothing from outside of its folder', async () => {
    for (const path of [
      'assets/index-old.js',
      'assets/..%2f..%2f..%2fpackage.json',
      '..%2f..%2fpackage.json',
    ]) {
      const response = await get(`/console/${path}`);
      expect(await response.text()).not.toContain('"click2call"');
      if (path.startsWith('assets/')) expect(response.status).toBe(404);
    }
  });

  it('writes nothing inline, names no other host, and carries no checker of schemas', () => {
    const page = readFileSync(join(DIST, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<style|style="|<script(?![^>]* src="\/console\/)|\son\w+="|https?:/);
    const code = globSync('assets/*.js', { cwd: DIST }).map((file) => readFileSync(join(DIST, file), 'utf8'));
    expect(code.filter((text) => /typebox|~kind/i.test(text))).toEqual([]);
  });

  it('keeps the layers of its styles in their order', () => {
    const styles = globSync('assets/*.css', { cwd: DIST }).map((file) =>
      readFileSync(join(DIST, file), 'utf8'),
    );
    const order = /^@layer [\w, ]+;/m.exec(
      readFileSync(join(DIST, '../../console/styles/base.css'), 'utf8'),
    )?.[0];
    expect(styles).toHaveLength(1);
    expect(styles[0]?.startsWith(order ?? 'no order')).toBe(true);
  });

  it('loads at first with less than 200 kB', async () => {
    const { page, complaints } = await stage.open({ key: stage.gateway.key });
    const parts = new Set<string>();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (/\.(js|css)$/.test(pathname)) parts.add(pathname.replace('/console/', ''));
    });
    await page.goto('/console/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const sizes = [...parts].map((part) => gzipSync(readFileSync(join(DIST, part))).length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['the log-in page', untilTyped],
    ['the start page', untilPressed],
  ])('works for less than a second until one can work with %s', async (_name, until) => {
    const { page, complaints } = await stage.open({ key: stage.gateway.key });
    const workedMs = await watchProcessor(page);
    await until(page);
    expect(await workedMs()).toBeGreaterThan(0);
    expect(await workedMs()).toBeLessThan(1_000);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
