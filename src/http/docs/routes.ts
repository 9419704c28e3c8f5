import type { FastifyInstance, FastifyReply } from 'fastify';
import { ALSO_HEAD } from '../also-head.ts';

/** The description of the API, for programs and for people. It is made when somebody asks for it, and kept. */
export function docsRoutes(app: FastifyInstance): void {
  const description = once(async () => {
    const { describeApi } = await import('../openapi/describe-api.ts');
    return `${JSON.stringify(describeApi(), null, 2)}\n`;
  });
  const api = once(async () => (await import('./api-page.ts')).apiPage());
  const errors = once(async () => (await import('./errors-page.ts')).errorsPage());
  app.get('/openapi.json', ALSO_HEAD, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(await description()),
  );
  app.get('/docs', ALSO_HEAD, async (_request, reply) => sendPage(reply, await api()));
  app.get('/docs/errors', ALSO_HEAD, async (_request, reply) => sendPage(reply, await errors()));
}

async function sendPage(reply: FastifyReply, page: string): Promise<FastifyReply> {
  const { DOCS_CSP } = await import('./html.ts');
  return reply.type('text/html; charset=utf-8').header('content-security-policy', DOCS_CSP).send(page);
}

function once(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => (made ??= make());
}
