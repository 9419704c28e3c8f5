import { ask, type Answered } from './client.ts';
import type { Gateway } from '../../gateway.ts';

/** Somebody's browser: it keeps the cookie of a session, and says with every request that a page of ours sends it. */
export interface Browser {
  ask<Body = unknown>(
    request: Parameters<typeof ask>[1],
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered<Body>>;
  /** As it would go out; undefined: it has none. */
  cookie(): string | undefined;
}

export function openBrowser(gateway: Gateway, kept?: string): Browser {
  let cookie = kept;
  return {
    cookie: () => cookie,
    async ask<Body>(
      request: Parameters<typeof ask>[1],
      body?: unknown,
      headers: Readonly<Record<string, string>> = { 'sec-fetch-site': 'same-origin' },
    ) {
      const answered = await ask<Body>(gateway, request, {
        key: null,
        ...(body !== undefined && { body }),
        headers: { ...headers, ...(cookie !== undefined && { cookie }) },
      });
      const [pair, ...attributes] = (answered.headers.get('set-cookie') ?? '').split('; ');
      if (pair !== undefined && pair !== '') cookie = attributes.includes('Max-Age=0') ? undefined : pair;
      return answered;
    },
  };
}

export const ANN = { name: 'Ann Ångström', email: 'Ann@Example.net', password: 'correct horse battery' };

/** A browser in which somebody has just signed up. */
export async function signedUp(gateway: Gateway, change: Partial<typeof ANN> = {}): Promise<Browser> {
  const browser = openBrowser(gateway);
  const { status, body } = await browser.ask('POST /v3/signup', { ...ANN, ...change });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return browser;
}
