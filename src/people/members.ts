import type { Role } from '../../contract/v3/people.ts';
import type { Act, Actor } from '../audit/act.ts';
import type { PeopleDeps } from './deps.ts';
import { readEmail } from './email.ts';
import { invitationLetter } from './letters.ts';
import { PeopleError } from './people-error.ts';
import type { ShownMember, TicketRecord } from './ports.ts';
import { issue } from './tickets.ts';

/** Who manages the people of an account. */
export interface Manager {
  readonly tenantId: string;
  /** Owners alone make, change and remove owners. A key is none, whatever it may do. */
  readonly isOwner: boolean;
  readonly by: Actor;
}

/** Those who joined first first. */
export function membersOf({ store }: PeopleDeps, { tenantId }: Manager): Promise<ShownMember[]> {
  return store.membersOf(tenantId);
}

/** Undefined where the account has no such member. @throws PeopleError */
export async function changeRole(
  deps: PeopleDeps,
  manager: Manager,
  userId: string,
  role: Role,
): Promise<ShownMember | undefined> {
  const { store } = deps;
  const { tenantId } = manager;
  const member = await memberOf(deps, manager, userId);
  if (member === undefined) return undefined;
  if (role === 'owner') ownersOnly(manager, 'owner can be made by an owner alone; give another role.');
  if (member.role !== role) {
    const detail = { email: member.user.email, role, before: member.role };
    const act = actOf(deps, manager, 'member.change', userId, detail);
    if ((await store.changeRole(tenantId, userId, role, act)) === 'last owner') throw lastOwner();
  }
  return (await store.membersOf(tenantId)).find((each) => each.userId === userId);
}

/** False where the account has no such member. @throws PeopleError */
export async function removeMember(deps: PeopleDeps, manager: Manager, userId: string): Promise<boolean> {
  const member = await memberOf(deps, manager, userId);
  if (member === undefined) return false;
  const detail = { email: member.user.email, role: member.role };
  const act = actOf(deps, manager, 'member.remove', userId, detail);
  const removed = await deps.store.removeMember(manager.tenantId, userId, act);
  if (removed === 'last owner') throw lastOwner();
  return removed;
}

/**
 * Invites somebody to the account.
 * @returns the invitation, and its link where no e-mail goes out
 * @throws PeopleError
 */
export async function invite(
  deps: PeopleDeps,
  manager: Manager,
  { email: given, role }: { readonly email: string; readonly role: Role },
): Promise<{ readonly invitation: TicketRecord; readonly link: string | undefined }> {
  const { post, directory, signup } = deps;
  const { tenantId } = manager;
  const email = readEmail(given);
  if (signup === 'closed')
    throw new PeopleError(
      'signup_closed',
      'Nobody can be invited here; whoever runs this installation adds people: click2call user create.',
    );
  if (role === 'owner') ownersOnly(manager, 'owner can be made by an owner alone; give another role.');
  if ((await deps.store.membersOf(tenantId)).some(({ user }) => user.email === email))
    throw new PeopleError('email_taken', `${email} is a member of the account already.`, 'email');
  const act = (ticket: TicketRecord) => [actOf(deps, manager, 'invitation.add', ticket.id, { email, role })];
  const { ticket: invitation, link } = await issue(
    deps,
    { purpose: 'invitation', email, tenantId, role },
    act,
  );
  if (post === undefined) return { invitation, link };
  const account = await directory.accountById(tenantId);
  post.send(invitationLetter(email, account?.name ?? '', role, link));
  return { invitation, link: undefined };
}

/** Those that can be taken up, oldest first. */
export async function invitationsOf(
  { store, clock }: PeopleDeps,
  { tenantId }: Manager,
): Promise<TicketRecord[]> {
  const now = clock.nowMicros();
  return (await store.invitationsOf(tenantId)).filter(({ expiresAtMicros }) => expiresAtMicros > now);
}

/** False where the account has no such invitation. */
export async function takeBack(deps: PeopleDeps, manager: Manager, id: string): Promise<boolean> {
  const invitation = (await invitationsOf(deps, manager)).find((each) => each.id === id);
  if (invitation === undefined) return false;
  const { email, role } = invitation;
  const act = actOf(deps, manager, 'invitation.remove', id, { email, role });
  return deps.store.removeInvitation(manager.tenantId, id, act);
}

async function memberOf(
  { store }: PeopleDeps,
  manager: Manager,
  userId: string,
): Promise<ShownMember | undefined> {
  const member = (await store.membersOf(manager.tenantId)).find((each) => each.userId === userId);
  if (member?.role === 'owner') ownersOnly(manager, 'An owner can be changed and removed by an owner alone.');
  return member;
}

function ownersOnly({ isOwner }: Manager, says: string): void {
  if (!isOwner) throw new PeopleError('key_forbidden', says);
}

function lastOwner(): PeopleError {
  return new PeopleError(
    'last_owner',
    'This is the last owner of the account; make somebody else an owner first.',
  );
}

function actOf(
  { clock }: PeopleDeps,
  { tenantId, by }: Manager,
  action: Act['action'],
  subject: string,
  detail: Act['detail'],
): Act {
  return { log: tenantId, atMicros: clock.nowMicros(), by, action, subject, detail };
}
