import { SESSION_COOKIE } from '../v3/session-cookie.ts';
import { ROUTES } from '../v3/routes.ts';
import { documentedPaths } from './documented-paths.ts';
import { resourcePaths } from './resource-paths.ts';
import { namedSchemas, type Json } from './schema.ts';

/** Both APIs as OpenAPI 3.1, made of the very schemas that requests are checked by. */
export function describeApi(): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Click-2-Call',
      version: '3',
      summary: 'One HTTP request makes your own PBX ring a first number and connect it to a second.',
      description:
        '`/v3` is the resource API: ordinary status codes, problems (RFC 9457), cursor pages. `/c2c/v2` is the documented one-request API: it answers with 200 and JSON whatever happens.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This installation.' }],
    paths: { ...resourcePaths(ROUTES), ...documentedPaths() },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The key: `Authorization: Bearer c2c_live_…`.',
        },
        header: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'The key.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: SESSION_COOKIE,
          description:
            'The session of somebody who is logged in, `POST /v3/sessions`. What changes something also needs `Sec-Fetch-Site: same-origin` or an `Origin` of this server, as browsers send them. `/v3` alone takes it.',
        },
        query: {
          type: 'apiKey',
          in: 'query',
          name: 'api_key',
          description: 'The key. `/c2c/v2` alone takes it here.',
        },
      },
      schemas: namedSchemas(),
    },
  };
}
