import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../contract/error-codes.ts';
import { startGateway, type Gateway } from '../gateway.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function page(path: string): Promise<string> {
  const response = await fetch(`${gateway.url}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  return response.text();
}

describe('the description of the API', () => {
  it('is served as it is committed', async () => {
    const response = await fetch(`${gateway.url}/openapi.json`);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.text()).toBe(readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8'));
  });

  it('can be read in a browser without a script and without another host', async () => {
    const text = await page('/docs');
    expect(text).not.toMatch(/<script|<link|<img|src=|@import|url\(|style="/);
    expect(text).toContain('<code>/v3/calls/{id}/journal</code>');
    expect(text).toContain('<code>/c2c/v2</code>');
    const targets = [...text.matchAll(/href="#([\w/]+)"/g)].map((match) => match[1]);
    const ids = new Set([...text.matchAll(/id="([\w/]+)"/g)].map((match) => match[1]));
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });

  it('says of every error what it means, where the type of a problem leads', async () => {
    const text = await page('/docs/errors');
    for (const code of Object.keys(ERROR_CODES)) expect(text).toContain(`id="${code}"`);
    expect(text).not.toMatch(/<script|<link|<img|src=|@import/);
  });
});
