import { SYSTEM, type Act, type Actor } from '../audit/act.ts';
import { newId, newToken } from '../kit/ids.ts';
import type { PeopleDeps } from './deps.ts';
import { readEmail } from './email.ts';
import { notLetIn, PeopleError } from './people-error.ts';
import type { LoginRecord, Membership, UserRecord, Visit } from './ports.ts';
import { hashOfToken, ticketOf } from './tickets.ts';

const TOKEN_BYTES = 32;
const HOUR_MICROS = 3_600_000_000;
/** However busy it is. */
const LONGEST_MICROS = 30 * 24 * HOUR_MICROS;
const IDLE_MICROS = 24 * HOUR_MICROS;
const MINUTE_MICROS = 60_000_000;
const AGENT_MAX = 300;

/** Where a log-in comes from. */
export interface From {
  readonly address: string;
  /** What the browser calls itself. */
  readonly agent: string;
  /** The cookie that came along, where one did: the session of before ends. */
  readonly cookie: string | undefined;
}

export interface LoggedIn extends Visit {
  readonly account: Membership['account'];
  /** For the cookie. It is stored nowhere. */
  readonly cookie: string;
}

/** @throws PeopleError that is the same for an e-mail that nobody has and a password that is not theirs; PasswordsBusy */
export async function logInByPassword(
  deps: PeopleDeps,
  given: { readonly email: string; readonly password: string; readonly account?: string | undefined },
  from: From,
): Promise<LoggedIn> {
  const user = await checkedUser(deps, given.email, given.password, from.address);
  return begin(deps, user, given.account, from, {});
}

/** By a one-time link. @throws PeopleError */
export async function logInByLink(deps: PeopleDeps, token: string, from: From): Promise<LoggedIn> {
  const ticket = await ticketOf(deps, 'entry', token);
  const user = await deps.store.userById(ticket?.userId ?? '');
  if (ticket === undefined || user === undefined) throw notLetIn();
  return begin(deps, user, ticket.tenantId, from, { ticket: ticket.hash });
}

/** Ends a session and begins one in another account of the same person. @throws PeopleError */
export async function switchAccount(
  deps: PeopleDeps,
  { userId }: LoginRecord,
  account: string,
  from: From,
): Promise<LoggedIn> {
  const user = await deps.store.userById(userId);
  if (user === undefined) throw notLetIn();
  return begin(deps, user, account, from, {});
}

/** Whose e-mail and password these are. A failure is written down where there is somebody whom it concerns. @throws PeopleError */
export async function checkedUser(
  { store, passwords, clock }: PeopleDeps,
  email: string,
  password: string,
  address: string,
): Promise<UserRecord> {
  const user = await store.userByEmail(readEmail(email));
  if (await passwords.matches(user?.password, password)) {
    if (user?.password === undefined) throw new Error('Nobody matches no password.');
    if (passwords.isOutdated(user.password)) {
      const atMicros = clock.nowMicros();
      await store.changeUser(user.id, { atMicros, password: await passwords.hash(password) }, []);
    }
    return user;
  }
  for (const { account } of user === undefined ? [] : await store.membershipsOf(user.id)) {
    const atMicros = clock.nowMicros();
    const detail = { address };
    await store.note({
      log: account.id,
      atMicros,
      by: SYSTEM,
      action: 'session.refuse',
      subject: user?.id ?? '',
      detail,
    });
  }
  throw notLetIn();
}

/** A person who is known logs in to one of their accounts. @throws PeopleError */
export async function begin(
  { store, clock }: PeopleDeps,
  user: UserRecord,
  accountWord: string | undefined,
  { address, agent, cookie: before }: From,
  spent: { readonly ticket?: string },
): Promise<LoggedIn> {
  const memberships = await store.membershipsOf(user.id);
  const chosen = memberships.find(({ account }) =>
    [undefined, account.id, account.slug].includes(accountWord),
  );
  if (chosen === undefined) throw memberships.length === 0 ? notLetIn() : noSuchAccount(memberships);
  const { account, role } = chosen;
  const cookie = newToken(TOKEN_BYTES);
  const createdAtMicros = clock.nowMicros();
  const login: LoginRecord = {
    id: newId(),
    userId: user.id,
    tenantId: account.id,
    hash: hashOfToken(cookie),
    createdAtMicros,
    seenAtMicros: createdAtMicros,
    expiresAtMicros: createdAtMicros + LONGEST_MICROS,
    agent: agent.slice(0, AGENT_MAX),
    address,
  };
  const replaced = before === undefined ? undefined : await store.visit(hashOfToken(before));
  const act = actOf(user, login, 'session.begin');
  // The browser forgets the cookie of before, whosever it was: nobody else is to go on with it.
  const ends = replaced === undefined ? {} : { login: replaced.login };
  if (!(await store.addLogin(login, { ...spent, ...ends }, [act]))) throw notLetIn();
  return { login, user, role, account, cookie };
}

/** Who comes with this cookie; undefined where the session is over. */
export async function visitOf({ store, clock }: PeopleDeps, cookie: string): Promise<Visit | undefined> {
  const visit = await store.visit(hashOfToken(cookie));
  const now = clock.nowMicros();
  if (visit === undefined || isOver(visit.login, now)) return undefined;
  if (now - visit.login.seenAtMicros >= MINUTE_MICROS) store.loginUsed(visit.login.id, now);
  return visit;
}

/** Where somebody is logged in, newest first. */
export async function sessionsOf(
  { store, clock }: PeopleDeps,
  userId: string,
): Promise<readonly LoginRecord[]> {
  const now = clock.nowMicros();
  return (await store.loginsOf(userId)).filter((login) => !isOver(login, now));
}

/** Ends one of somebody's own sessions. False where they have no such one. */
export async function endSession(deps: PeopleDeps, user: UserRecord, id: string): Promise<boolean> {
  const login = (await deps.store.loginsOf(user.id)).find((each) => each.id === id);
  if (login === undefined) return false;
  const act = { ...actOf(user, login, 'session.end'), atMicros: deps.clock.nowMicros() };
  return deps.store.endLogin(user.id, id, [act]);
}

function isOver({ expiresAtMicros, seenAtMicros }: LoginRecord, now: number): boolean {
  return now >= expiresAtMicros || now - seenAtMicros >= IDLE_MICROS;
}

function actOf(user: UserRecord, login: LoginRecord, action: Act['action']): Act {
  const { tenantId: log, createdAtMicros: atMicros, id: subject, address, agent } = login;
  const by: Actor = { kind: 'user', name: user.id };
  return { log, atMicros, by, action, subject, detail: { email: user.email, address, agent } };
}

function noSuchAccount(memberships: readonly Membership[]): PeopleError {
  const known = memberships.map(({ account }) => account.slug).join(', ');
  return new PeopleError('parameter_invalid', `account is none of yours; give one of ${known}.`, 'account');
}
