import type {
  CHANGE_MEMBER,
  INVITE,
  LIST_INVITATIONS,
  LIST_MEMBERS,
  REMOVE_MEMBER,
  TAKE_BACK_INVITATION,
} from '../../../../contract/v3/members.ts';
import {
  changeRole,
  invitationsOf,
  invite as inviteTo,
  membersOf,
  removeMember as remove,
  takeBack,
  type Manager,
} from '../../../people/members.ts';
import { actorOf } from '../actor.ts';
import { notFound } from '../problem.ts';
import type { Ask, Handler } from '../route.ts';
import { presentInvitation, presentMember } from './present.ts';
import { told } from './told.ts';
import { withinOwnRights } from './within-own-rights.ts';

export const listMembers: Handler<typeof LIST_MEMBERS> = async (ask, { people }) => {
  const items = (await membersOf(people, managerOf(ask))).map(presentMember);
  return { status: 200, body: { items, next: null } };
};

export const changeMember: Handler<typeof CHANGE_MEMBER> = async (ask, deps) => {
  const { role } = ask.body;
  const { people } = deps;
  await withinOwnRights(ask, deps, role);
  const member = await told(changeRole(people, managerOf(ask), ask.param('id'), role));
  if (member === undefined) throw notFound('member');
  return { status: 200, body: presentMember(member) };
};

export const removeMember: Handler<typeof REMOVE_MEMBER> = async (ask, { people }) => {
  if (!(await told(remove(people, managerOf(ask), ask.param('id'))))) throw notFound('member');
  return { status: 204 };
};

export const listInvitations: Handler<typeof LIST_INVITATIONS> = async (ask, { people }) => {
  const items = (await invitationsOf(people, managerOf(ask))).map(presentInvitation);
  return { status: 200, body: { items, next: null } };
};

export const invite: Handler<typeof INVITE> = async (ask, deps) => {
  const { people, attempts } = deps;
  await withinOwnRights(ask, deps, ask.body.role);
  await told(attempts.take('invitation', ask.principal.tenantId));
  const { invitation, link } = await told(inviteTo(people, managerOf(ask), ask.body));
  return { status: 201, body: { ...presentInvitation(invitation), link: link ?? null } };
};

export const takeBackInvitation: Handler<typeof TAKE_BACK_INVITATION> = async (ask, { people }) => {
  if (!(await takeBack(people, managerOf(ask), ask.param('id')))) throw notFound('invitation');
  return { status: 204 };
};

function managerOf({ principal, visit }: Pick<Ask, 'principal' | 'visit'>): Manager {
  return { tenantId: principal.tenantId, isOwner: visit?.role === 'owner', by: actorOf(principal) };
}
