import type { FastifyRequest } from 'fastify';

/**
 * Whether a page of our own sent a request: whoever's browser holds a session may be looking at any other page at the same
 * time. A browser says it by `Sec-Fetch-Site`, which no script can write, or by `Origin`; undefined where it says neither, as
 * programs do.
 */
export function isFromOwnPage(request: FastifyRequest, publicUrl: string): boolean | undefined {
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (site !== undefined) return site === 'same-origin';
  if (origin === undefined) return undefined;
  const page = URL.parse(origin);
  return page !== null && [request.host.toLowerCase(), URL.parse(publicUrl)?.host].includes(page.host);
}

/** A name by which a machine speaks to itself: browsers trust these over plain HTTP too. */
export function isLoopbackName(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
