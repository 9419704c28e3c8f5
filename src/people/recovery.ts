import { SYSTEM, type Act, type Actor } from '../audit/act.ts';
import type { PeopleDeps } from './deps.ts';
import { readEmail } from './email.ts';
import { askToConfirm, resetLetter } from './letters.ts';
import { checkedUser } from './log-in.ts';
import { passwordProblem } from './password-rules.ts';
import { linkInvalid, notLetIn, PeopleError } from './people-error.ts';
import type { UserRecord, Visit } from './ports.ts';
import { issue, ticketOf } from './tickets.ts';

/**
 * Sends a link to set a new password, if somebody has this e-mail. Whoever asks is not told, and does not wait for it: what it
 * takes to find out comes after the answer.
 */
export async function askForReset(deps: PeopleDeps, given: string): Promise<void> {
  const { store, post } = deps;
  const email = readEmail(given);
  const user = await store.userByEmail(email);
  if (user === undefined || post === undefined) return;
  const acts = await actsOf(deps, user, SYSTEM, 'password.ask');
  const { link } = await issue(deps, { purpose: 'reset', email, userId: user.id }, () => acts);
  post.send(resetLetter(email, link));
}

/** By the link of a letter. All sessions are over then; the e-mail is theirs, for they have read it. @throws PeopleError */
export async function resetPassword(deps: PeopleDeps, token: string, password: string): Promise<void> {
  const { store, clock, passwords } = deps;
  const ticket = await ticketOf(deps, 'reset', token);
  const user = await store.userById(ticket?.userId ?? '');
  if (ticket === undefined || user === undefined) throw linkInvalid();
  refuseWeak(password, user.email);
  const change = {
    atMicros: clock.nowMicros(),
    password: await passwords.hash(password),
    confirmedAtMicros: clock.nowMicros(),
    ticket: ticket.hash,
    keepLogin: 'none',
  };
  const acts = await actsOf(deps, user, { kind: 'user', name: user.id }, 'password.change');
  if (!(await store.changeUser(user.id, change, acts))) throw linkInvalid();
}

/** Sends the link to confirm an e-mail once more, to who needs one. */
export async function askAgainToConfirm(deps: PeopleDeps, { user, login }: Visit): Promise<void> {
  if (deps.post === undefined || user.confirmedAtMicros !== undefined) return;
  await askToConfirm(deps, deps.post, user, login.tenantId);
}

/** @throws PeopleError */
export async function confirmEmail(deps: PeopleDeps, token: string): Promise<void> {
  const ticket = await ticketOf(deps, 'confirmation', token);
  const user = await deps.store.userById(ticket?.userId ?? '');
  if (ticket === undefined || user === undefined) throw linkInvalid();
  const atMicros = deps.clock.nowMicros();
  const change = { atMicros, confirmedAtMicros: atMicros, ticket: ticket.hash };
  const acts = await actsOf(deps, user, { kind: 'user', name: user.id }, 'user.confirm');
  if (!(await deps.store.changeUser(user.id, change, acts))) throw linkInvalid();
}

interface OwnChange {
  readonly name?: string;
  readonly password?: string;
  readonly current_password?: string;
}

/**
 * Changes somebody's own name or password. Who came by a link, and has no password yet, needs none to set one.
 * @throws PeopleError
 */
export async function changeSelf(
  deps: PeopleDeps,
  { user, login }: Visit,
  { name, password, current_password: current }: OwnChange,
): Promise<void> {
  const { store, clock, passwords } = deps;
  const by: Actor = { kind: 'user', name: user.id };
  if (password === undefined) {
    if (name === undefined) return;
    const change = { atMicros: clock.nowMicros(), name: name.trim() };
    await store.changeUser(user.id, change, await actsOf(deps, user, by, 'user.change'));
    return;
  }
  if (user.password !== undefined) {
    if (current === undefined)
      throw new PeopleError(
        'parameter_missing',
        'current_password is missing; give the password of now.',
        'current_password',
      );
    await checkedUser(deps, user.email, current, login.address);
  }
  refuseWeak(password, user.email);
  const change = {
    atMicros: clock.nowMicros(),
    ...(name !== undefined && { name: name.trim() }),
    password: await passwords.hash(password),
    keepLogin: login.id,
  };
  if (!(await store.changeUser(user.id, change, await actsOf(deps, user, by, 'password.change'))))
    throw notLetIn();
}

function refuseWeak(password: string, email: string): void {
  const problem = passwordProblem(password, email);
  if (problem !== undefined) throw new PeopleError('parameter_invalid', problem, 'password');
}

/** What somebody does to themselves is of interest in each of their accounts. */
async function actsOf(
  { store, clock }: PeopleDeps,
  { id: subject, email }: UserRecord,
  by: Actor,
  action: Act['action'],
): Promise<readonly Act[]> {
  const atMicros = clock.nowMicros();
  const memberships = await store.membershipsOf(subject);
  return memberships.map(({ account }) => ({
    log: account.id,
    atMicros,
    by,
    action,
    subject,
    detail: { email },
  }));
}
