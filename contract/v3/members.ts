import { Type, type Static } from 'typebox';
import { BODY_ERRORS, type Operation } from './operation.ts';
import { page } from './pages.ts';
import { EmailField, Invitation, Member, NOTHING_ELSE, RoleField } from './people.ts';
import { orNull } from './common.ts';

export const NewInvitation = Type.Object({
  ...Invitation.properties,
  link: orNull(
    Type.String({
      description:
        'Where no e-mail goes out: what to give to whom is invited. It is shown this once. Null: it was sent.',
    }),
  ),
});
export type NewInvitation = Static<typeof NewInvitation>;

export const LIST_MEMBERS = {
  id: 'listMembers',
  summary: 'List the people of the account, those who joined first first',
  answers: { 200: { says: 'All of them.', body: page(Member, 'Those who joined first first.') } },
} as const satisfies Operation;

export const CHANGE_MEMBER = {
  id: 'changeMember',
  summary: "Change somebody's role",
  says: 'It counts for their next request. Owners alone make, change and remove owners, and the last one stays.',
  body: Type.Object({ role: RoleField }, NOTHING_ELSE),
  answers: { 200: { says: 'The member as they are now.', body: Member } },
  errors: [...BODY_ERRORS, 'last_owner'],
} as const satisfies Operation;

export const REMOVE_MEMBER = {
  id: 'removeMember',
  summary: 'Remove somebody from the account',
  says: 'Their sessions in it are over at once. Keys that they made stay: revoke those that they know.',
  answers: { 204: { says: 'They are gone.' } },
  errors: ['last_owner'],
} as const satisfies Operation;

export const LIST_INVITATIONS = {
  id: 'listInvitations',
  summary: 'List invitations, oldest first',
  answers: { 200: { says: 'Those that can be taken up.', body: page(Invitation, 'Oldest first.') } },
} as const satisfies Operation;

export const INVITE = {
  id: 'invite',
  summary: 'Invite somebody',
  says: 'By e-mail where this installation sends any; otherwise the link is in the answer, this once. It can be taken up once, within seven days.',
  body: Type.Object({ email: EmailField, role: RoleField }, NOTHING_ELSE),
  answers: { 201: { says: 'The invitation.', body: NewInvitation } },
  errors: [...BODY_ERRORS, 'signup_closed', 'email_taken', 'rate_limited'],
} as const satisfies Operation;

export const TAKE_BACK_INVITATION = {
  id: 'takeBackInvitation',
  summary: 'Take an invitation back',
  answers: { 204: { says: 'Its link is no good any more.' } },
} as const satisfies Operation;
