import type { Kysely } from 'kysely';
import type { Database, LinkRow } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

export function linkStatements(db: Kysely<Database>) {
  return {
    insertLink: prepared((link: Columns<LinkRow>) =>
      db
        .insertInto('link')
        .values({
          id: link.id,
          tenant_id: link.tenant_id,
          key_id: link.key_id,
          hash: link.hash,
          label: link.label,
          first: link.first,
          second: link.second,
          dial_as: link.dial_as,
          pbx: link.pbx,
          uses: link.uses,
          used: link.used,
          used_at: link.used_at,
          created_at: link.created_at,
          expires_at: link.expires_at,
          revoked_at: link.revoked_at,
        })
        .returning('id'),
    ),
    /** No row: there is no use left, or none at this time. A use in the future is of a clock that was set back. */
    takeLink: prepared((use: { id: string; now: number; apart: number }) =>
      db
        .updateTable('link')
        .set((eb) => ({ used: eb('used', '+', 1), used_at: use.now }))
        .where('id', '=', use.id)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', use.now)
        .where((eb) => eb('used', '<', eb.ref('uses')))
        .where((eb) =>
          eb.or([
            eb('used_at', 'is', null),
            eb(eb('used_at', '+', use.apart), '<=', use.now),
            eb('used_at', '>', use.now),
          ]),
        )
        .returning('id'),
    ),
    returnLink: prepared(({ id }: { id: string }) =>
      db
        .updateTable('link')
        .set((eb) => ({ used: eb('used', '-', 1), used_at: null }))
        .where('id', '=', id)
        .where('used', '>', 0)
        .returning('id'),
    ),
    revokeLink: prepared((link: { tenant_id: string; id: string; at: number }) =>
      db
        .updateTable('link')
        .set({ revoked_at: link.at })
        .where('tenant_id', '=', link.tenant_id)
        .where('id', '=', link.id)
        .where('revoked_at', 'is', null)
        .returning('id'),
    ),
  };
}
