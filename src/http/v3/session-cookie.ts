import type { FastifyRequest } from 'fastify';
import { isLoopbackName } from './own-origin.ts';

/** `__Host-`: browsers keep it for this very host and no other, with Secure and from the root alone (RFC 6265bis, 4.1.3.2). */
export const SESSION_COOKIE = '__Host-c2c_session';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';
const SECONDS = 30 * 24 * 3_600;
const COOKIE = /^[A-Za-z0-9_-]{20,100}$/;

/** The value of the session's cookie; undefined where none came, or what came is none. */
export function readCookie(request: FastifyRequest): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (pair.slice(0, equals).trim() !== SESSION_COOKIE) continue;
    const value = pair.slice(equals + 1).trim();
    return COOKIE.test(value) ? value : '';
  }
  return undefined;
}

export function cookieHeader(cookie: string): Readonly<Record<string, string>> {
  return { 'set-cookie': `${SESSION_COOKIE}=${cookie}; ${ATTRIBUTES}; Max-Age=${SECONDS}` };
}

/** Tells the browser to forget it. */
export const NO_COOKIE = { 'set-cookie': `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0` };

/**
 * Whether a browser would keep the cookie: over HTTPS, and on this machine. A proxy that speaks HTTPS for us is known by the
 * browser's Origin, or by the public URL.
 */
export function keepsCookie(request: FastifyRequest, publicUrl: string): boolean {
  const { origin } = request.headers;
  const page = URL.parse(origin ?? `${request.protocol}://${request.host}`);
  if (page === null) return false;
  const isPublic = origin === undefined && publicUrl.startsWith('https:');
  return page.protocol === 'https:' || isPublic || isLoopbackName(page.hostname);
}
