import type { Role } from '../../contract/v3/people.ts';
import type { PeopleDeps } from './deps.ts';
import type { Letter, Post } from './post.ts';
import type { UserRecord } from './ports.ts';
import { issue } from './tickets.ts';

/** Sends the link by which somebody shows that an e-mail is theirs. */
export async function askToConfirm(
  deps: PeopleDeps,
  post: Post,
  { id: userId, email, name }: UserRecord,
  tenantId: string,
): Promise<void> {
  const { link } = await issue(deps, { purpose: 'confirmation', email, userId, tenantId }, () => []);
  post.send({
    to: email,
    subject: 'Confirm your e-mail',
    says: [
      `Hello ${name},`,
      'somebody, most likely you, has signed up with this e-mail. If it was not you, do nothing.',
    ],
    link,
    linkSays: 'Confirm my e-mail',
  });
}

export function invitationLetter(to: string, account: string, role: Role, link: string): Letter {
  return {
    to,
    subject: `You are invited to ${account}`,
    says: [`You are invited to the account ${account} as ${role}.`, 'The link is good once, for seven days.'],
    link,
    linkSays: 'Take the invitation up',
  };
}

export function resetLetter(to: string, link: string): Letter {
  return {
    to,
    subject: 'Set a new password',
    says: [
      'Somebody, most likely you, wants to set a new password for this e-mail. If it was not you, do nothing.',
      'The link is good once, for an hour.',
    ],
    link,
    linkSays: 'Set a new password',
  };
}
