import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { join } from 'node:path';
import { ALSO_HEAD } from '../also-head.ts';
import { readBuilt, type Built } from './built.ts';

/** Where `npm run build` puts it. */
const FOLDER = join(import.meta.dirname, '../../../dist/console');

/** No script, style or picture but our own files, nothing written inline, in no frame of anybody's. */
const CSP = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT = `The console is not built here. In the folder of Click-2-Call: npm run build\n`;

/** The console: its files, and its one page for every other path under /console. They are read when first asked for, and kept. */
export function consoleRoutes(app: FastifyInstance, folder = FOLDER): void {
  let built: Promise<Built | undefined> | undefined;
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const files = await (built ??= readBuilt(folder));
    if (files === undefined) {
      built = undefined;
      return reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT);
    }
    return send(files, request, reply);
  };
  app.get('/', ALSO_HEAD, async (_request, reply) => reply.redirect('/console/'));
  app.get('/console', ALSO_HEAD, answer);
  app.get('/console/*', ALSO_HEAD, answer);
}

/** As everywhere else. */
function missing(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

function send(files: Built, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { '*': path = '' } = request.params as { readonly '*'?: string };
  // A part that is asked for and is not there belongs to another build: a page in its place would be read as a script.
  if (path.startsWith('assets/') && !files.has(path)) return missing(reply);
  const file = files.get(path) ?? files.get('index.html');
  if (file === undefined) return missing(reply);
  void reply.type(file.type).header('vary', 'accept-encoding');
  if (path.startsWith('assets/')) void reply.header('cache-control', 'public, max-age=31536000, immutable');
  else void reply.header('cache-control', 'no-cache').header('content-security-policy', CSP);
  if (file.brotli === undefined || !/\bbr\b/.test(String(request.headers['accept-encoding'])))
    return reply.send(file.body);
  return reply.header('content-encoding', 'br').send(file.brotli);
}
