import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../../src/http/v3/routes.ts';
import type { Route } from '../../../src/http/v3/route.ts';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { ANN, openBrowser, signedUp, type Browser } from './browser.ts';
import { ask } from './client.ts';

/**
 * Every route of the table that takes an id, asked with the ids of an account by somebody of another one who may do everything in
 * their own: by their key, and logged in. Each answers as if there were nothing of that id.
 */
let gateway: SandboxGateway;
let stranger: { readonly key: string; readonly browser: Browser };
/** Ids of the first account, by the resource in the path. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_SIGNUP: 'open', C2C_PBX_NETWORKS: '127.0.0.0/8' });
  const browser = await signedUp(gateway, { email: 'stranger@example.net' });
  const made = await browser.ask<{ api_key: string }>('POST /v3/keys', {});
  stranger = { key: made.body.api_key, browser };

  const idOf = async (request: Parameters<typeof ask>[1], body?: unknown) => {
    const answer = await ask<{ id: string }>(gateway, request, { body });
    if (answer.status >= 300) throw new Error(`${request}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };
  ids['calls'] = await idOf('POST /v3/calls', { dial_first: '101', dial_second: '102' });
  const [pbx] = await gateway.parts.directory.pbxsOf(gateway.account.id);
  ids['pbxs'] = pbx?.id ?? '';
  ids['keys'] = await idOf('POST /v3/keys', {});
  ids['webhooks'] = await idOf('POST /v3/webhooks', { url: 'https://192.0.2.1/' });
  ids['delivery'] = await idOf(`POST /v3/webhooks/${ids['webhooks']}/test`);
  ids['links'] = await idOf('POST /v3/links', { dial_first: '101', dial_second: '102' });
  ids['invitations'] = await idOf('POST /v3/invitations', { email: 'x@example.net', role: 'viewer' });
  const invited = await ask<{ link: string }>(gateway, 'POST /v3/invitations', {
    body: { email: 'ann@example.net', role: 'member' },
  });
  const ann = openBrowser(gateway);
  const joined = await ann.ask<{ user: { id: string } }>('POST /v3/signup', {
    ...ANN,
    invitation: invited.body.link.split('#')[1],
  });
  ids['members'] = joined.body.user.id;
  const sessions = await ann.ask<{ items: { id: string }[] }>('GET /v3/sessions');
  ids['sessions'] = sessions.body.items[0]?.id ?? '';
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Bodies that are good, of those that need one. */
const BODIES: Readonly<Record<string, unknown>> = {
  changePbx: { settings: {} },
  changeMember: { role: 'viewer' },
};

/** What is the same for every account, or known by a secret. */
const OPEN = /^\/v3\/drivers\/|\{token\}/;

const CLOSED = ROUTES.filter(({ path }) => path.includes('{') && !OPEN.test(path));

function pathOf({ path }: Route): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name === 'id' ? (path.split('/')[2] ?? '') : name];
    if (id === undefined) throw new Error(`${path} needs an id of the first account: add it here.`);
    return id;
  });
}

describe("another account's ids", () => {
  it.each(CLOSED.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s: nothing there',
    async (_name, route) => {
      const body = route.operation.body === undefined ? undefined : (BODIES[route.operation.id] ?? {});
      const request = `${route.method} ${pathOf(route)}` as const;
      const byBrowser = await stranger.browser.ask(request, body);
      expect(byBrowser, 'logged in').toMatchObject({ status: 404, body: { code: 'not_found' } });
      if (route.needs === 'a session') return;
      const byKey = await ask(gateway, request, { key: stranger.key, body });
      expect(byKey, 'by a key').toMatchObject({ status: 404, body: { code: 'not_found' } });
    },
  );

  it('are good for who owns them, so that this test means something', async () => {
    for (const resource of ['calls', 'pbxs', 'keys', 'webhooks'])
      expect((await ask(gateway, `GET /v3/${resource}/${ids[resource]}`)).status, resource).toBe(200);
  });
});
