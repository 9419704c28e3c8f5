import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { linkOfToken } from '../../access/links.ts';
import { prefetchReason } from '../c2c-v2/prefetch.ts';
import { LINK_PAGE_CSP, linkPage, NO_LINK } from './link-page.ts';
import { stateOf, useLink, type LinkDeps } from './use-link.ts';

/**
 * Click links. To open one, to fetch it in advance and to preview it ring nobody: that shows a page. Its button posts, and that
 * makes the call.
 */
export function linkRoutes(app: FastifyInstance, deps: LinkDeps): void {
  app.route({
    method: ['GET', 'HEAD', 'POST'],
    url: '/l/:token',
    handler: (request, reply) => answer(request, reply, deps),
  });
}

async function answer(request: FastifyRequest, reply: FastifyReply, deps: LinkDeps): Promise<FastifyReply> {
  const { token } = request.params as { readonly token: string };
  const link = await linkOfToken(deps.links, token);
  if (link === undefined) return send(reply, NO_LINK);
  // No program that looks at links posts a form; should one do it, it is known by what it says of itself.
  const isClick = request.method === 'POST' && prefetchReason(request.method, request.headers) === undefined;
  return send(reply, linkPage(link, isClick ? await useLink(link, deps) : await stateOf(link, deps)));
}

function send(
  reply: FastifyReply,
  { status, html }: { readonly status: number; readonly html: string },
): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', LINK_PAGE_CSP)
    .send(html);
}
