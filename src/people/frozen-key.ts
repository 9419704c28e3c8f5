import type { PeopleDeps } from './deps.ts';

/** What somebody must know of a key that froze itself. */
export interface FrozenKey {
  readonly tenantId: string;
  readonly keyId: string;
  /** In words. */
  readonly reason: string;
}

/** Tells the owners of an account, where this installation sends e-mail, at addresses that were shown to be theirs. */
export async function tellOwners(
  { store, directory, post, publicUrl }: PeopleDeps,
  { tenantId, keyId, reason }: FrozenKey,
): Promise<void> {
  if (post === undefined) return;
  const account = await directory.accountById(tenantId);
  for (const { role, user } of await store.membersOf(tenantId)) {
    if (role !== 'owner' || user.confirmedAtMicros === undefined) continue;
    post.send({
      to: user.email,
      subject: `A key of ${account?.name ?? 'your account'} is frozen`,
      says: [
        `Hello ${user.name},`,
        `the key ${keyId} made ${reason}. That looks like theft, so it makes no more calls.`,
        'If these calls were meant, unfreeze the key. If not, revoke it, and make another one.',
      ],
      link: `${publicUrl()}/console/keys`,
      linkSays: 'See the keys',
    });
  }
}
