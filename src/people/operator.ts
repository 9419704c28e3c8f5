import { ROLES, type Role } from '../../contract/v3/people.ts';
import type { Act, Actor } from '../audit/act.ts';
import type { Tenant } from '../directory/ports.ts';
import { newId } from '../kit/ids.ts';
import type { PeopleDeps } from './deps.ts';
import { isEmail, readEmail } from './email.ts';
import { PeopleError } from './people-error.ts';
import type { ShownMember, UserRecord } from './ports.ts';
import { issue } from './tickets.ts';

/** What the operator, who is trusted with the whole installation, does for people. */

interface Given {
  readonly email: string;
  readonly name: string;
  /** Unless given: `owner` of an account that has nobody yet, `member` of any other. */
  readonly role?: string | undefined;
}

/**
 * Makes somebody a member of an account, without a password: a link lets them in, and then they set one.
 * @throws PeopleError
 */
export async function addPerson(
  deps: PeopleDeps,
  account: Tenant,
  given: Given,
  by: Actor,
): Promise<ShownMember> {
  const { store, clock } = deps;
  const name = given.name.trim();
  if (!isEmail(given.email)) throw wrong('email', given.email, 'an e-mail address such as ann@example.net');
  if (!/^[^\p{Cc}]{1,80}$/u.test(name)) throw wrong('name', name, '1 to 80 characters');
  const email = readEmail(given.email);
  const role = await roleOf(deps, account, given.role);
  const known = await store.userByEmail(email);
  const atMicros = clock.nowMicros();
  const fresh: UserRecord = {
    id: newId(),
    email,
    name,
    password: undefined,
    confirmedAtMicros: atMicros,
    createdAtMicros: atMicros,
  };
  const user = known ?? fresh;
  const member = { tenantId: account.id, userId: user.id, role, createdAtMicros: atMicros };
  const detail = { email, role };
  const act: Act = { log: account.id, atMicros, by, action: 'user.add', subject: user.id, detail };
  const added = await store.add({ ...(known === undefined && { user }), member }, [act]);
  if (added !== 'added')
    throw new PeopleError('email_taken', `${email} is a member of the account already.`, 'email');
  return { ...member, user, seenAtMicros: undefined };
}

/** A link that logs somebody in, once, within 15 minutes. @throws PeopleError */
export async function entryLink(
  deps: PeopleDeps,
  account: Tenant,
  given: string,
  by: Actor,
): Promise<string> {
  const { userId, user } = await personOf(deps, account, given);
  const { email } = user;
  const { link } = await issue(deps, { purpose: 'entry', email, userId, tenantId: account.id }, (ticket) => [
    {
      log: account.id,
      atMicros: ticket.createdAtMicros,
      by,
      action: 'user.link',
      subject: userId,
      detail: { email },
    },
  ]);
  return link;
}

/** Somebody by their e-mail, as a person types it. @throws PeopleError */
export async function personOf({ store }: PeopleDeps, account: Tenant, given: string): Promise<ShownMember> {
  const members = await store.membersOf(account.id);
  const found = members.find(({ user }) => user.email === readEmail(given));
  if (found !== undefined) return found;
  const known = members.map(({ user }) => user.email).slice(0, 20);
  const right = known.length === 0 ? 'add one with: click2call user create' : `there are ${known.join(', ')}`;
  throw new PeopleError(
    'not_found',
    `The account has nobody with the e-mail ${JSON.stringify(given)}; ${right}.`,
  );
}

async function roleOf({ store }: PeopleDeps, { id }: Tenant, given: string | undefined): Promise<Role> {
  if (given === undefined) return (await store.membersOf(id)).length === 0 ? 'owner' : 'member';
  const role = ROLES.find((each) => each === given);
  if (role === undefined) throw wrong('role', given, `one of ${ROLES.join(', ')}`);
  return role;
}

function wrong(field: string, given: string, right: string): PeopleError {
  const shown = JSON.stringify(given.slice(0, 60));
  return new PeopleError('parameter_invalid', `${field} can not be ${shown}; give ${right}.`, field);
}
