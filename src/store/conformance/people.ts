import { describe, expect, it } from 'vitest';
import type { LoginRecord, MemberRecord, TicketRecord, UserRecord } from '../../people/ports.ts';
import { newId, newToken } from '../../kit/ids.ts';
import type { Store } from '../open-store.ts';
import type { Bench } from './describe-store.ts';
import { act, newTenant, NOON, SECOND, sha256, tenant } from './samples.ts';

const HOUR = 3_600 * SECOND;

function user(change: Partial<UserRecord> = {}): UserRecord {
  const id = newId();
  return {
    id,
    email: `${sha256(id).slice(0, 12)}@example.net`,
    name: 'Ann "\0"',
    password: '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA',
    confirmedAtMicros: NOON,
    createdAtMicros: NOON,
    ...change,
  };
}

function member(tenantId: string, { id }: UserRecord, change: Partial<MemberRecord> = {}): MemberRecord {
  return { tenantId, userId: id, role: 'owner', createdAtMicros: NOON, ...change };
}

function login(tenantId: string, { id }: UserRecord, change: Partial<LoginRecord> = {}): LoginRecord {
  return {
    id: newId(),
    userId: id,
    tenantId,
    hash: sha256(newToken(32)),
    createdAtMicros: NOON,
    seenAtMicros: NOON,
    expiresAtMicros: NOON + HOUR,
    agent: 'Browser/1 "\0"',
    address: '192.0.2.7',
    ...change,
  };
}

function ticket(change: Partial<TicketRecord> = {}): TicketRecord {
  return {
    id: newId(),
    purpose: 'invitation',
    hash: sha256(newToken(32)),
    email: 'bob@example.net',
    userId: undefined,
    tenantId: undefined,
    role: undefined,
    createdAtMicros: NOON,
    expiresAtMicros: NOON + HOUR,
    ...change,
  };
}

/** A member of an account. */
async function newMember(
  store: Store,
  tenantId: string,
  change: Partial<MemberRecord> = {},
): Promise<UserRecord> {
  const added = user();
  expect(await store.people.add({ user: added, member: member(tenantId, added, change) }, [])).toBe('added');
  return added;
}

export function describePeople({ stores, open }: Bench): void {
  describe('people', () => {
    it('come with their account, or not at all', async () => {
      const { store } = stores();
      const [ann, account] = [user(), tenant()];
      expect(await store.people.add({ user: ann, member: member(account.id, ann), account }, [])).toBe(
        'added',
      );
      expect(await store.people.userByEmail(ann.email)).toEqual(ann);
      expect(await store.people.userById(ann.id)).toEqual(ann);
      expect(await store.people.membershipsOf(ann.id)).toEqual([{ account, role: 'owner' }]);

      const [bob, eve, other] = [user(), user({ email: ann.email }), tenant({ slug: account.slug })];
      expect(await store.people.add({ user: bob, member: member(other.id, bob), account: other }, [])).toBe(
        'account taken',
      );
      const third = tenant();
      expect(await store.people.add({ user: eve, member: member(third.id, eve), account: third }, [])).toBe(
        'email taken',
      );
      expect(await store.people.userById(bob.id)).toBeUndefined();
      expect(await store.directory.tenantById(third.id)).toBeUndefined();
    });

    it('with one e-mail are one, however many processes add them at once', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const email = `${newId()}@one.example`;
      const all = Array.from({ length: 20 }, () => user({ email }));
      const adding = all.map((each, index) =>
        (index % 2 === 0 ? store : other).people.add({ user: each, member: member(tenantId, each) }, []),
      );
      expect((await Promise.all(adding)).filter((added) => added === 'added')).toHaveLength(1);
      expect(await store.people.membersOf(tenantId)).toHaveLength(1);
    });

    it('use an invitation up once', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const invited = ticket({ tenantId, role: 'member' });
      await store.people.addTicket(invited, []);
      expect(await other.people.ticket('invitation', invited.hash)).toEqual(invited);
      expect(await other.people.ticket('entry', invited.hash)).toBeUndefined();
      const adding = [store, other, store, other].map((each) => {
        const ann = user();
        return each.people.add({ user: ann, member: member(tenantId, ann), invitation: invited.hash }, []);
      });
      expect((await Promise.all(adding)).toSorted()).toEqual([
        'added',
        ...Array.from({ length: 3 }, () => 'invitation used'),
      ]);
      expect(await store.people.ticket('invitation', invited.hash)).toBeUndefined();
    });

    it('do not use an invitation that is too old', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const invited = ticket({ tenantId, role: 'member', expiresAtMicros: NOON });
      await store.people.addTicket(invited, []);
      const ann = user();
      const adding = store.people.add(
        { user: ann, member: member(tenantId, ann), invitation: invited.hash },
        [],
      );
      expect(await adding).toBe('invitation used');
      expect(await store.people.userById(ann.id)).toBeUndefined();
    });

    it('keep an owner in every account, whoever is changed or removed at once', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const owners = [await newMember(store, tenantId), await newMember(store, tenantId)];
      const changes = owners.flatMap(({ id }) => [
        store.people.changeRole(tenantId, id, 'viewer', act()),
        other.people.removeMember(tenantId, id, act()),
      ]);
      expect(await Promise.all(changes)).toContain('last owner');
      const left = await store.people.membersOf(tenantId);
      expect(left.filter(({ role }) => role === 'owner')).toHaveLength(1);
    });

    it('are never changed or removed by way of another account', async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      await newMember(store, theirs);
      const ann = await newMember(store, theirs, { role: 'member' });
      expect(await store.people.changeRole(ours, ann.id, 'owner', act())).toBe(false);
      expect(await store.people.removeMember(ours, ann.id, act())).toBe(false);
      expect((await store.people.membersOf(theirs)).map(({ role }) => role).toSorted()).toEqual([
        'member',
        'owner',
      ]);
    });

    it('who are removed from their last account are gone, with all that was theirs', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      await newMember(store, tenantId);
      const ann = await newMember(store, tenantId, { role: 'viewer' });
      const session = login(tenantId, ann);
      await store.people.addLogin(session, {}, []);
      await store.people.addTicket(ticket({ purpose: 'reset', userId: ann.id, email: ann.email }), []);
      expect(await store.people.removeMember(tenantId, ann.id, act())).toBe(true);
      expect(await store.people.userByEmail(ann.email)).toBeUndefined();
      expect(await store.people.visit(session.hash)).toBeUndefined();
    });

    it('change their name and their password, and end their other logins and links by it', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const ann = await newMember(store, tenantId);
      const [kept, ended] = [login(tenantId, ann), login(tenantId, ann)];
      for (const each of [kept, ended]) await store.people.addLogin(each, {}, []);
      const [reset, entry] = [
        ticket({ purpose: 'reset', userId: ann.id }),
        ticket({ purpose: 'entry', userId: ann.id }),
      ];
      for (const each of [reset, entry]) await store.people.addTicket(each, []);
      await store.people.changeUser(ann.id, { atMicros: NOON, name: 'Anna' }, []);
      expect(await store.people.loginsOf(ann.id)).toHaveLength(2);
      const change = { atMicros: NOON, password: 'new', keepLogin: kept.id, ticket: reset.hash };
      expect(await store.people.changeUser(ann.id, change, [])).toBe(true);
      expect(await store.people.changeUser(ann.id, change, [])).toBe(false);
      expect(await store.people.userById(ann.id)).toEqual({ ...ann, name: 'Anna', password: 'new' });
      expect(await store.people.loginsOf(ann.id)).toEqual([kept]);
      expect(await store.people.ticket('entry', entry.hash)).toBeUndefined();
    });
  });

  describe('logins', () => {
    it('are found by their hash, in every process, with who they are now', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      await newMember(store, tenantId);
      const ann = await newMember(store, tenantId, { role: 'member' });
      const begun = login(tenantId, ann);
      expect(await store.people.addLogin(begun, {}, [])).toBe(true);
      expect(await other.people.visit(begun.hash)).toEqual({ login: begun, user: ann, role: 'member' });
      await store.people.changeRole(tenantId, ann.id, 'admin', act());
      expect(await other.people.visit(begun.hash)).toMatchObject({ role: 'admin' });
      expect(await store.people.endLogin(ann.id, begun.id, [act()])).toBe(true);
      expect(await other.people.visit(begun.hash)).toBeUndefined();
      expect(await store.people.endLogin(ann.id, begun.id, [act()])).toBe(false);
    });

    it('are ended by nobody else', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const [ann, bob] = [await newMember(store, tenantId), await newMember(store, tenantId)];
      const begun = login(tenantId, ann);
      await store.people.addLogin(begun, {}, []);
      expect(await store.people.endLogin(bob.id, begun.id, [act()])).toBe(false);
      expect(await store.people.visit(begun.hash)).toBeDefined();
    });

    it('need a member, and use a link up once', async () => {
      const { store } = stores();
      const [tenantId, elsewhere] = [await newTenant(store), await newTenant(store)];
      const ann = await newMember(store, tenantId);
      expect(await store.people.addLogin(login(elsewhere, ann), {}, [])).toBe(false);
      const entry = ticket({ purpose: 'entry', userId: ann.id, tenantId });
      await store.people.addTicket(entry, []);
      expect(await store.people.addLogin(login(tenantId, ann), { ticket: entry.hash }, [])).toBe(true);
      expect(await store.people.addLogin(login(tenantId, ann), { ticket: entry.hash }, [])).toBe(false);
      expect(await store.people.loginsOf(ann.id)).toHaveLength(1);
    });

    it('end the one that they replace, and those that are too old', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const ann = await newMember(store, tenantId);
      const [before, old] = [login(tenantId, ann), login(tenantId, ann, { expiresAtMicros: NOON + 1 })];
      for (const each of [before, old]) await store.people.addLogin(each, {}, []);
      const now = login(tenantId, ann, { createdAtMicros: NOON + 2 });
      await store.people.addLogin(now, { login: before }, []);
      expect(await store.people.loginsOf(ann.id)).toEqual([now]);
    });

    it('note their use, at most once a minute', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const ann = await newMember(store, tenantId);
      const begun = login(tenantId, ann);
      await store.people.addLogin(begun, {}, []);
      const seen = async (second: number) => {
        const one = await open();
        one.people.loginUsed(begun.id, NOON + second * SECOND);
        await one.close();
        return (await store.people.membersOf(tenantId))[0]?.seenAtMicros;
      };
      expect(await seen(59)).toBe(NOON);
      expect(await seen(60)).toBe(NOON + 60 * SECOND);
      expect(await seen(61)).toBe(NOON + 60 * SECOND);
    });
  });

  describe('invitations', () => {
    it('are listed oldest first, and removed by their own account alone', async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const young = ticket({ tenantId: ours, role: 'member', createdAtMicros: NOON + 1 });
      const old = ticket({ tenantId: ours, role: 'member' });
      const other = ticket({ purpose: 'entry', tenantId: ours });
      for (const each of [young, old, other]) await store.people.addTicket(each, []);
      expect(await store.people.invitationsOf(ours)).toEqual([old, young]);
      expect(await store.people.removeInvitation(theirs, old.id, act())).toBe(false);
      expect(await store.people.removeInvitation(ours, other.id, act())).toBe(false);
      expect(await store.people.removeInvitation(ours, old.id, act())).toBe(true);
      expect(await store.people.invitationsOf(ours)).toEqual([young]);
    });
  });

  it('writes down with a change about people what was done, and nothing where nothing was', async () => {
    const { store } = stores();
    const log = await newTenant(store);
    const mine = act({ log });
    const ann = user();
    await store.people.add({ user: ann, member: member(log, ann) }, [mine]);
    await store.people.add({ user: user({ email: ann.email }), member: member(log, ann) }, [mine]);
    await store.people.removeMember(log, ann.id, mine);
    await store.people.changeUser('nobody', { atMicros: NOON, name: 'x' }, [mine]);
    await store.people.note(mine);
    expect(await store.audit.newest(10, log)).toHaveLength(2);
    expect(await store.audit.entriesBefore(log, 2, 10)).toHaveLength(1);
  });
}
