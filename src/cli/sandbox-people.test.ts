import { expect, test } from 'vitest';
import { testCli, type Serving } from './test-cli.ts';

const cli = await testCli();
const PATIENCE = { timeout: 15_000, interval: 10 };
const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

async function served(): Promise<Serving> {
  const server = await cli.serve(['--sandbox'], { C2C_SIGNUP: 'open' });
  await expect.poll(() => server.stdout(), PATIENCE).toContain('Ctrl-C stops it.');
  return server;
}

async function signUp(url: string, name: string): Promise<{ readonly click: string; readonly key: string }> {
  const body = JSON.stringify({ name, email: `${name}@example.net`, password: 'a long enough password' });
  const response = await fetch(`${url}/v3/signup`, { method: 'POST', headers: OWN_PAGE, body });
  const { click_url, key } = (await response.json()) as { click_url: string; key: { key: string } };
  return { click: click_url, key: key.key };
}

async function get<Body>(url: string, key?: string): Promise<Body> {
  const response = await fetch(url, key === undefined ? {} : { headers: { 'x-api-key': key } });
  return (await response.json()) as Body;
}

async function click(url: string): Promise<{ readonly request_id: string; readonly status: string }> {
  return (await get<{ response: { request_id: string; status: string } }>(url)).response;
}

test('serve --sandbox prints a link that logs its owner in, once', async () => {
  const server = await served();
  const token = /^ {2}http\S+\/console\/enter#(\S+)$/m.exec(server.stdout())?.[1];
  const enter = () =>
    fetch(`${server.url}/v3/sessions`, {
      method: 'POST',
      headers: OWN_PAGE,
      body: JSON.stringify({ token }),
    });
  const entered = await enter();
  expect(entered.status).toBe(201);
  expect(await entered.json()).toMatchObject({ user: { role: 'owner' }, account: { slug: 'sandbox' } });
  expect((await enter()).status).toBe(401);
  server.signal('SIGTERM');
  await server.ended;
});

test('who signs up gets a PBX in the box, sees no call of anybody else, and has it after a restart too', async () => {
  const first = await served();
  expect(await get(`${first.url}/v3/config`)).toMatchObject({ signup: 'open', sandbox: true });
  const [ann, bob] = [await signUp(first.url, 'ann'), await signUp(first.url, 'bob')];
  const [anns, bobs] = [await click(ann.click), await click(bob.click)];
  expect([anns.status, bobs.status]).toEqual(['success', 'success']);
  const state = async ({ request_id }: { request_id: string }, key: string) =>
    (await get<{ state?: string }>(`${first.url}/v3/calls/${request_id}`, key)).state;
  // Both are heard of, though they are of one PBX, and by nobody else.
  for (const [call, key] of [
    [anns, ann.key],
    [bobs, bob.key],
  ] as const)
    await expect.poll(() => state(call, key), PATIENCE).toBe('connected');
  expect(await state(anns, bob.key)).toBeUndefined();
  for (const [mine, key] of [
    [anns, ann.key],
    [bobs, bob.key],
  ] as const) {
    const { items } = await get<{ items: { id: string }[] }>(`${first.url}/v3/calls`, key);
    expect(items.map(({ id }) => id)).toEqual([mine.request_id]);
    const journal = await get<object>(`${first.url}/v3/calls/${mine.request_id}/journal`, key);
    expect(JSON.stringify(journal)).not.toContain((mine === anns ? bobs : anns).request_id);
  }
  const keyless = await cli.run(['show', anns.request_id]);
  expect(keyless.stdout).toMatch(/^Asked by +the key .*made at sign-up/m);
  first.signal('SIGTERM');
  await first.ended;

  const second = await served();
  const path = ann.click.slice(first.url.length).replace('dial_first=101', 'dial_first=103');
  expect((await click(`${second.url}${path}`)).status).toBe('success');
  second.signal('SIGTERM');
  await second.ended;
});
