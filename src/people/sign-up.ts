import type { Act, Actor } from '../audit/act.ts';
import { slugOf } from '../directory/directory.ts';
import type { Tenant } from '../directory/ports.ts';
import { newId, newSecretText } from '../kit/ids.ts';
import type { PeopleDeps } from './deps.ts';
import { readEmail } from './email.ts';
import { askToConfirm } from './letters.ts';
import { begin, checkedUser, type From, type LoggedIn } from './log-in.ts';
import { passwordProblem } from './password-rules.ts';
import { linkInvalid, PeopleError } from './people-error.ts';
import type { MemberRecord, TicketRecord, UserRecord } from './ports.ts';
import { ticketOf } from './tickets.ts';

interface Given {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly account_name?: string;
  /** What stands in the link of an invitation. */
  readonly invitation?: string;
}

const OTHER_SLUGS = 5;
const SLUG_MAX = 34;

/**
 * Makes a person and an account of theirs, or lets somebody who was invited into an account, and logs them in.
 * @throws PeopleError, DirectoryError, PasswordsBusy
 */
export async function signUp(deps: PeopleDeps, given: Given, from: From): Promise<LoggedIn> {
  const { signup, post } = deps;
  if (signup === 'closed' || (signup === 'invitation' && given.invitation === undefined))
    throw closed(signup);
  if (given.invitation !== undefined) return join(deps, given, given.invitation, from);
  const user = await newUser(deps, given, post === undefined);
  const account = await addWithAccount(deps, user, given.account_name ?? given.name);
  if (post !== undefined) await askToConfirm(deps, post, user, account.id);
  return begin(deps, user, account.id, from, {});
}

/** @param isConfirmed that the e-mail is theirs, or need not be shown */
async function newUser(
  { passwords, clock }: PeopleDeps,
  given: Pick<Given, 'name' | 'email' | 'password'>,
  isConfirmed: boolean,
): Promise<UserRecord> {
  const email = readEmail(given.email);
  const problem = passwordProblem(given.password, email);
  if (problem !== undefined) throw new PeopleError('parameter_invalid', problem, 'password');
  const password = await passwords.hash(given.password);
  const createdAtMicros = clock.nowMicros();
  const confirmedAtMicros = isConfirmed ? createdAtMicros : undefined;
  return { id: newId(), email, name: given.name.trim(), password, confirmedAtMicros, createdAtMicros };
}

async function addWithAccount(deps: PeopleDeps, user: UserRecord, name: string): Promise<Tenant> {
  const by: Actor = { kind: 'user', name: user.id };
  for (let attempt = 0; attempt <= OTHER_SLUGS; attempt += 1) {
    // Two people may have one name: the second one's account is called a little otherwise at the command line.
    const { account, acts } = deps.directory.as(by).draftAccount(name.trim(), slugFor(name, attempt > 0));
    const member = memberOf(account.id, user.id, 'owner', account.createdAtMicros);
    const added = await deps.store.add({ user, member, account }, [...acts, addAct(by, user, member)]);
    if (added === 'added') return account;
    if (added !== 'account taken') throw emailTaken();
  }
  throw new PeopleError(
    'name_taken',
    `There is an account ${name} already; give another name.`,
    'account_name',
  );
}

function slugFor(name: string, isOther: boolean): string {
  const slug = slugOf(name);
  const plain = slug === '' ? 'account' : slug;
  return isOther || slug === '' ? `${plain.slice(0, SLUG_MAX)}-${newSecretText(5).toLowerCase()}` : plain;
}

/** Who has signed up before joins with the password that they have. */
async function join(deps: PeopleDeps, given: Given, token: string, from: From): Promise<LoggedIn> {
  const invitation = await ticketOf(deps, 'invitation', token);
  if (invitation?.tenantId === undefined || invitation.role === undefined) throw linkInvalid();
  if (invitation.email !== readEmail(given.email))
    throw new PeopleError(
      'parameter_invalid',
      'email is not the one that was invited; give that one.',
      'email',
    );
  const known = await deps.store.userByEmail(invitation.email);
  const user =
    known === undefined
      ? await newUser(deps, given, true)
      : await checkedUser(deps, given.email, given.password, from.address);
  await addInvited(deps, user, invitation, known === undefined);
  return begin(deps, user, invitation.tenantId, from, {});
}

async function addInvited(
  { store, clock }: PeopleDeps,
  user: UserRecord,
  { tenantId = '', role = 'viewer', hash }: TicketRecord,
  isNew: boolean,
): Promise<void> {
  const member = memberOf(tenantId, user.id, role, clock.nowMicros());
  const act = addAct({ kind: 'user', name: user.id }, user, member);
  const added = await store.add({ ...(isNew && { user }), member, invitation: hash }, [act]);
  if (added === 'invitation used') throw linkInvalid();
  if (added !== 'added') throw emailTaken();
}

function memberOf(
  tenantId: string,
  userId: string,
  role: MemberRecord['role'],
  createdAtMicros: number,
): MemberRecord {
  return { tenantId, userId, role, createdAtMicros };
}

function addAct(
  by: Actor,
  { id, email }: UserRecord,
  { tenantId, role, createdAtMicros }: MemberRecord,
): Act {
  const detail = { email, role };
  return { log: tenantId, atMicros: createdAtMicros, by, action: 'user.add', subject: id, detail };
}

function emailTaken(): PeopleError {
  const says = 'Somebody has signed up with this e-mail already; log in, or ask for a new password.';
  return new PeopleError('email_taken', says, 'email');
}

function closed(signup: PeopleDeps['signup']): PeopleError {
  return new PeopleError(
    'signup_closed',
    signup === 'closed'
      ? 'Nobody can sign up here; ask whoever runs this installation for a link.'
      : 'Who signs up here needs an invitation; ask an owner of an account for one.',
  );
}
