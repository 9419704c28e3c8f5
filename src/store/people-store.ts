import type { Added, PeopleStore, UserChange } from '../people/ports.ts';
import { actValues } from './audit-rows.ts';
import type { GroupWriter } from './group-writer.ts';
import type { NewPersonValues, PersonChange } from './people-op.ts';
import { loginOf, loginRow, memberRow, personRow, ticketOf, ticketRow, userOf } from './people-rows.ts';
import { tenantOf, tenantRow } from './rows.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { toOptionalText, toText } from './text.ts';

const MINUTE_MICROS = 60_000_000;

export function createPeopleStore(
  read: Reader,
  statements: ReadStatements,
  writer: GroupWriter,
): PeopleStore {
  return {
    ...memberReads(read, statements),
    ...logins(read, statements, writer),
    ...tickets(read, statements, writer),
    async add({ user, member, account, invitation }, acts) {
      const values: NewPersonValues = {
        person: user === undefined ? null : personRow(user),
        member: memberRow(member),
        tenant: account === undefined ? null : tenantRow(account),
        ticket: invitation ?? null,
      };
      return (await writer.submit(['addPerson', values, acts.map(actValues)])) as Added;
    },
    async changeRole(tenantId, userId, role, act) {
      const op = ['changeRole', tenantId, toText(userId), role, actValues(act)] as const;
      return lastOwnerOr(await writer.submit(op));
    },
    async removeMember(tenantId, userId, act) {
      return lastOwnerOr(await writer.submit(['removeMember', tenantId, toText(userId), actValues(act)]));
    },
    async changeUser(userId, change, acts) {
      const op = ['changePerson', changeOf(userId, change), acts.map(actValues)] as const;
      return (await writer.submit(op)) === true;
    },
    async note(act) {
      await writer.submit(['note', actValues(act)]);
    },
  };
}

function memberReads(read: Reader, statements: ReadStatements) {
  return {
    async userByEmail(email) {
      const [row] = await read(statements.personByEmail({ email: toText(email) }));
      return row === undefined ? undefined : userOf(row);
    },
    async userById(id) {
      const [row] = await read(statements.personById({ id: toText(id) }));
      return row === undefined ? undefined : userOf(row);
    },
    async membersOf(tenantId) {
      return (await read(statements.membersOf({ tenantId }))).map((row) => ({
        tenantId: row.tenant_id,
        userId: row.id,
        role: row.role,
        createdAtMicros: row.joined_at,
        user: userOf(row),
        seenAtMicros: row.seen_at ?? undefined,
      }));
    },
    async membershipsOf(userId) {
      const rows = await read(statements.membershipsOf({ personId: userId }));
      return rows.map((row) => ({ account: tenantOf(row), role: row.role }));
    },
  } satisfies Partial<PeopleStore>;
}

function logins(read: Reader, statements: ReadStatements, writer: GroupWriter) {
  return {
    async addLogin(login, spent, acts) {
      const values = {
        row: { ...loginRow(login) },
        ticket: spent.ticket ?? null,
        replaces: spent.login === undefined ? null : { id: spent.login.id, person_id: spent.login.userId },
      };
      return (await writer.submit(['addLogin', values, acts.map(actValues)])) === true;
    },
    async visit(hash) {
      const [row] = await read(statements.visit({ hash }));
      if (row === undefined) return undefined;
      const user = userOf({ ...row, id: row.person_id, created_at: row.person_created_at });
      return { login: loginOf(row), user, role: row.role };
    },
    async loginsOf(userId) {
      return (await read(statements.loginsOf({ personId: userId }))).map(loginOf);
    },
    async endLogin(userId, id, acts) {
      return (await writer.submit(['endLogin', userId, toText(id), acts.map(actValues)])) === true;
    },
    loginUsed(id, atMicros) {
      // What it says may be lost; the next use says it again.
      writer.submit(['touchLogin', id, atMicros, atMicros - MINUTE_MICROS]).catch(() => undefined);
    },
  } satisfies Partial<PeopleStore>;
}

function tickets(read: Reader, statements: ReadStatements, writer: GroupWriter) {
  return {
    async addTicket(ticket, acts) {
      await writer.submit(['addTicket', { ...ticketRow(ticket) }, acts.map(actValues)]);
    },
    async ticket(purpose, hash) {
      const [row] = await read(statements.ticketByHash({ hash }));
      return row?.purpose === purpose ? ticketOf(row) : undefined;
    },
    async invitationsOf(tenantId) {
      return (await read(statements.invitationsOf({ tenantId }))).map(ticketOf);
    },
    async removeInvitation(tenantId, id, act) {
      return (await writer.submit(['removeTicket', tenantId, toText(id), actValues(act)])) === true;
    },
  } satisfies Partial<PeopleStore>;
}

function changeOf(id: string, change: UserChange): PersonChange {
  return {
    at: change.atMicros,
    id,
    name: toOptionalText(change.name),
    password: change.password ?? null,
    confirmed_at: change.confirmedAtMicros ?? null,
    ticket: change.ticket ?? null,
    keepLogin: change.keepLogin ?? null,
  };
}

function lastOwnerOr(value: unknown): boolean | 'last owner' {
  return value === 'last owner' ? value : value === true;
}
