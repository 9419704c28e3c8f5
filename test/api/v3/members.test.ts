import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me } from '../../../contract/v3/me.ts';
import type { Invitation, Member, Role } from '../../../contract/v3/people.ts';
import { startGateway, type Gateway } from '../../gateway.ts';
import { ANN, openBrowser, signedUp, type Browser } from './browser.ts';
import { ask } from './client.ts';

let gateway: Gateway;
let owner: Browser;
let stranger: Browser;
beforeAll(async () => {
  gateway = await startGateway({ C2C_SIGNUP: 'open' });
  owner = await signedUp(gateway, { email: 'owner@example.net' });
  stranger = await signedUp(gateway, { email: 'stranger@example.net' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

type Invited = Invitation & { readonly link: string };

async function invite(email: string, role: Role, by = owner): Promise<string> {
  const { body } = await by.ask<Invited>('POST /v3/invitations', { email, role });
  return body.link.split('#')[1] ?? '';
}

/** Somebody whom the owner has invited, and their id. */
async function joined(
  email: string,
  role: Role,
): Promise<{ readonly browser: Browser; readonly id: string }> {
  const browser = openBrowser(gateway);
  const invitation = await invite(email, role);
  const { body } = await browser.ask<{ user: { id: string } }>('POST /v3/signup', {
    ...ANN,
    email,
    invitation,
  });
  return { browser, id: body.user.id };
}

describe('an invitation', () => {
  it('lets somebody into the account, once, and gives no key', async () => {
    const made = await owner.ask<Invited>('POST /v3/invitations', {
      email: 'Bob@example.net',
      role: 'member',
    });
    expect(made).toMatchObject({ status: 201, body: { email: 'bob@example.net', role: 'member' } });
    expect(made.body.link).toMatch(new RegExp(`^${gateway.url}/console/invitation#[\\w-]{43}$`));
    const listed = await owner.ask<{ items: Invitation[] }>('GET /v3/invitations');
    expect(listed.body.items).toMatchObject([{ id: made.body.id, email: 'bob@example.net' }]);
    const invitation = made.body.link.split('#')[1] ?? '';
    expect(JSON.stringify(listed.body)).not.toContain(invitation);

    const bob = openBrowser(gateway);
    const given = { ...ANN, email: 'bob@example.net', invitation };
    expect(await bob.ask('POST /v3/signup', { ...given, email: 'eve@example.net' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'email' }] },
    });
    expect(await bob.ask('POST /v3/signup', given)).toMatchObject({
      status: 201,
      body: { user: { role: 'member' }, key: null, click_url: null },
    });
    const [mine, theirs] = [await bob.ask<Me>('GET /v3/me'), await owner.ask<Me>('GET /v3/me')];
    expect(mine.body.account.id).toBe(theirs.body.account.id);
    const again = { ...given, email: 'bob@example.net' };
    expect(await openBrowser(gateway).ask('POST /v3/signup', again)).toMatchObject({
      status: 404,
      body: { code: 'link_invalid' },
    });
  });

  it('lets in somebody who has signed up before, with the password that they have, and no other', async () => {
    const email = 'two@example.net';
    await signedUp(gateway, { email });
    const invitation = await invite(email, 'viewer');
    const browser = openBrowser(gateway);
    const given = { ...ANN, email, invitation };
    expect(await browser.ask('POST /v3/signup', { ...given, password: 'not that one' })).toMatchObject({
      status: 401,
    });
    expect(await browser.ask('POST /v3/signup', given)).toMatchObject({
      status: 201,
      body: { user: { role: 'viewer' } },
    });
    const { body } = await browser.ask<Me>('GET /v3/me');
    expect(body.accounts?.map(({ role }) => role)).toEqual(['owner', 'viewer']);
    const account = body.accounts?.[0]?.slug ?? '';
    expect(await browser.ask('PATCH /v3/sessions/current', { account })).toMatchObject({
      status: 200,
      body: { user: { role: 'owner' }, account: { slug: account } },
    });
    expect(await browser.ask('PATCH /v3/sessions/current', { account: 'nobodys' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'account' }] },
    });
  });

  it('is no good when it was taken back', async () => {
    const made = await owner.ask<Invited>('POST /v3/invitations', {
      email: 'late@example.net',
      role: 'member',
    });
    expect(await owner.ask(`DELETE /v3/invitations/${made.body.id}`)).toMatchObject({ status: 204 });
    const invitation = made.body.link.split('#')[1] ?? '';
    const given = { ...ANN, email: 'late@example.net', invitation };
    expect(await openBrowser(gateway).ask('POST /v3/signup', given)).toMatchObject({ status: 404 });
  });

  it('is for nobody who is a member already', async () => {
    const given = { email: 'owner@example.net', role: 'member' };
    expect(await owner.ask('POST /v3/invitations', given)).toMatchObject({ status: 409 });
  });
});

describe('roles', () => {
  it.each<[Role, allowed: readonly string[]]>([
    ['admin', ['GET /v3/calls', 'GET /v3/pbxs', 'GET /v3/keys', 'GET /v3/members', 'GET /v3/audit']],
    ['member', ['GET /v3/calls', 'GET /v3/pbxs']],
    ['viewer', ['GET /v3/calls', 'GET /v3/pbxs']],
  ])('%s may do what it is for, and nothing else', async (role, allowed) => {
    const { browser } = await joined(`${role}@example.net`, role);
    for (const request of [
      'GET /v3/calls',
      'GET /v3/pbxs',
      'GET /v3/keys',
      'GET /v3/webhooks',
      'GET /v3/members',
      'GET /v3/invitations',
      'GET /v3/audit',
    ] as const) {
      const { status } = await browser.ask(request);
      const may = allowed.includes(request) || role === 'admin';
      expect(status, `${role} ${request}`).toBe(may ? 200 : 403);
    }
    const call = { dial_first: '101', dial_second: '102' };
    expect((await browser.ask('POST /v3/calls', call)).status === 403).toBe(role === 'viewer');
  });

  it('change for the next request', async () => {
    const { browser, id } = await joined('changing@example.net', 'viewer');
    expect((await browser.ask('GET /v3/keys')).status).toBe(403);
    expect(await owner.ask(`PATCH /v3/members/${id}`, { role: 'admin' })).toMatchObject({
      body: { role: 'admin' },
    });
    expect((await browser.ask('GET /v3/keys')).status).toBe(200);
  });

  it('of an owner are for owners alone to give and to take', async () => {
    const { browser: admin, id } = await joined('climber@example.net', 'admin');
    const [first] = (await owner.ask<{ items: Member[] }>('GET /v3/members')).body.items;
    const refused = { status: 403, body: { code: 'key_forbidden' } };
    expect(await admin.ask(`PATCH /v3/members/${id}`, { role: 'owner' })).toMatchObject(refused);
    expect(await admin.ask(`PATCH /v3/members/${first?.id}`, { role: 'viewer' })).toMatchObject(refused);
    expect(await admin.ask(`DELETE /v3/members/${first?.id}`)).toMatchObject(refused);
    const given = { email: 'friend@example.net', role: 'owner' };
    expect(await admin.ask('POST /v3/invitations', given)).toMatchObject(refused);
    expect((await owner.ask(`PATCH /v3/members/${id}`, { role: 'owner' })).status).toBe(200);
    expect((await owner.ask(`PATCH /v3/members/${id}`, { role: 'admin' })).status).toBe(200);
  });
});

describe('members', () => {
  it('that are removed are out at once', async () => {
    const { browser, id } = await joined('gone@example.net', 'member');
    expect((await browser.ask('GET /v3/me')).status).toBe(200);
    expect((await owner.ask(`DELETE /v3/members/${id}`)).status).toBe(204);
    expect((await browser.ask('GET /v3/me')).status).toBe(401);
    expect((await owner.ask(`DELETE /v3/members/${id}`)).status).toBe(404);
    const given = { email: 'gone@example.net', password: ANN.password };
    expect((await openBrowser(gateway).ask('POST /v3/sessions', given)).status).toBe(401);
  });

  it('always have an owner', async () => {
    const { body } = await stranger.ask<Me>('GET /v3/me');
    const id = body.user?.id ?? '';
    const refused = { status: 409, body: { code: 'last_owner' } };
    expect(await stranger.ask(`DELETE /v3/members/${id}`)).toMatchObject(refused);
    expect(await stranger.ask(`PATCH /v3/members/${id}`, { role: 'admin' })).toMatchObject(refused);
    expect((await stranger.ask('GET /v3/me')).status).toBe(200);
  });

  it('of another account are answered as if they never were, and so are its invitations', async () => {
    const { id } = await joined('mine@example.net', 'member');
    const { body } = await owner.ask<Invited>('POST /v3/invitations', {
      email: 'x@example.net',
      role: 'viewer',
    });
    for (const request of [`DELETE /v3/members/${id}`, `DELETE /v3/invitations/${body.id}`] as const)
      expect(await stranger.ask(request)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await stranger.ask(`PATCH /v3/members/${id}`, { role: 'owner' })).toMatchObject({ status: 404 });
    const { body: listed } = await stranger.ask<{ items: Member[] }>('GET /v3/members');
    expect(listed.items).toHaveLength(1);
  });
});

describe('GET /v3/audit', () => {
  it('tells who did what, newest first, and nothing of another account', async () => {
    const { id } = await joined('audited@example.net', 'member');
    await owner.ask(`DELETE /v3/members/${id}`);
    await openBrowser(gateway).ask('POST /v3/sessions', {
      email: 'owner@example.net',
      password: 'not that one',
    });
    const page = await owner.ask<{ items: { action: string; by: unknown }[]; next: string }>(
      'GET /v3/audit?limit=5',
    );
    expect(page.body.items.map(({ action }) => action)).toEqual([
      'session.refuse',
      'member.remove',
      'session.begin',
      'user.add',
      'invitation.add',
    ]);
    expect(page.body.items[1]?.by).toMatchObject({ kind: 'user', label: ANN.name });
    const more = await owner.ask<{ items: { position: number }[] }>(`GET /v3/audit?cursor=${page.body.next}`);
    expect(more.status).toBe(200);
    const theirs = await stranger.ask('GET /v3/audit');
    expect(JSON.stringify(theirs.body)).not.toContain('audited@example.net');
    const text = JSON.stringify([page.body, more.body]);
    expect(text).not.toContain(ANN.password);
  });
});

it('a key with every right manages members too, but makes no owner', async () => {
  const made = await ask<Invited>(gateway, 'POST /v3/invitations', {
    body: { email: 'bykey@example.net', role: 'admin' },
  });
  expect(made.status).toBe(201);
  const given = { email: 'bykey2@example.net', role: 'owner' };
  expect(await ask(gateway, 'POST /v3/invitations', { body: given })).toMatchObject({ status: 403 });
});
