import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ALSO_HEAD } from '../also-head.ts';

/** Where `npm run build` puts it. */
const FILE = join(import.meta.dirname, '../../../dist/widget/v1.js');
const NOT_BUILT = `The widget is not built here. In the folder of Click-2-Call: npm run build\n`;

interface Widget {
  /** By the names of their encodings, the best one first. */
  readonly bodies: readonly (readonly [encoding: string, body: Buffer])[];
  readonly tag: string;
}

/** The element for other people's pages. It is read when it is first asked for, and kept. */
export function widgetRoutes(app: FastifyInstance, file = FILE): void {
  let kept: Promise<Widget> | undefined;
  app.get('/widget/v1.js', ALSO_HEAD, async (request, reply) => {
    const widget = await (kept ??= readWidget(file)).catch(() => undefined);
    if (widget !== undefined) return send(widget, request, reply);
    kept = undefined;
    return reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT);
  });
}

async function readWidget(file: string): Promise<Widget> {
  const plain = await readFile(file);
  const [brotli, gzipped] = await Promise.all([promisify(brotliCompress)(plain), promisify(gzip)(plain)]);
  return {
    bodies: [
      ['br', brotli],
      ['gzip', gzipped],
      ['identity', plain],
    ],
    tag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
  };
}

/**
 * Every page may load it, also one that takes nothing from elsewhere unless it is offered (CORS for modules, CORP for pages with
 * COEP). Its name is for good, so a browser asks for a newer one after a day, and meanwhile goes on with what it has.
 */
function send({ bodies, tag }: Widget, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.type('text/javascript; charset=utf-8').headers({
    'cache-control': 'public, max-age=86400, stale-while-revalidate=2592000',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'accept-encoding',
    etag: tag,
  });
  if (request.headers['if-none-match']?.includes(tag) === true) return reply.code(304).send();
  const taken = String(request.headers['accept-encoding']).split(/[,;\s]+/);
  const [encoding, body] = bodies.find(([name]) => taken.includes(name)) ?? bodies.at(-1) ?? [];
  if (encoding !== undefined && encoding !== 'identity') void reply.header('content-encoding', encoding);
  return reply.send(body);
}
