import type { FastifyInstance } from 'fastify';

/** What web pages are made for: a call, how it stands, what becomes of it, and its end. */
const PATHS: Readonly<Record<string, string>> = {
  '/c2c/v2': 'POST',
  '/v3/calls': 'POST',
  '/v3/calls/:id': 'GET, DELETE',
  '/v3/calls/:id/events': 'GET',
};
const HEADERS = 'Authorization, X-Api-Key, Content-Type, Accept, Idempotency-Key, Last-Event-ID';
const KEPT_SECONDS = '600';

/**
 * Answers a browser that asks beforehand whether a page of another origin may send a request (the CORS protocol of the Fetch
 * standard). No key comes with that question, so every origin is told yes; whether its key may be used from there is seen when the
 * request comes, and the answer to that says who may read it. Cookies are never allowed with it: no
 * `Access-Control-Allow-Credentials` is sent, so that a page of somebody else's has nothing but the keys that it knows.
 */
export function answerPreflights(app: FastifyInstance): void {
  for (const [path, methods] of Object.entries(PATHS)) {
    app.options(path, (request, reply) => {
      const { origin, 'access-control-request-method': wanted } = request.headers;
      // Somebody who asks for something else is answered as with any method that is not taken.
      if (origin === undefined || wanted === undefined) return reply.callNotFound();
      return reply
        .code(204)
        .headers({
          'access-control-allow-origin': origin,
          'access-control-allow-methods': methods,
          'access-control-allow-headers': HEADERS,
          'access-control-max-age': KEPT_SECONDS,
          vary: 'Origin',
        })
        .send();
    });
  }
}
