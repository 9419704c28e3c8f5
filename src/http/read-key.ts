import type { FastifyRequest } from 'fastify';

/** Every key that came: in headers and parameters. Two that differ are none, for we could not tell who is meant. */
export function readKey(request: FastifyRequest, fromParameters: readonly string[]): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  const header = request.headers['x-api-key'];
  const all = [bearer, ...(Array.isArray(header) ? header : [header]), ...fromParameters];
  const keys = new Set(all.filter((key) => key !== undefined));
  return keys.size === 1 ? [...keys][0] : undefined;
}
