import type { Kysely } from 'kysely';
import type { Database, Engine } from '../schema.ts';
import { auditWrites } from './audit.ts';
import { breakerWrites } from './breaker.ts';
import { callStatements, feedStatements, tenderStatements } from './call-writes.ts';
import { clickStatements } from './click-writes.ts';
import { usageWrites } from './usage.ts';
import { linkStatements } from './link-writes.ts';
import { deliveryStatements, webhookStatements } from './webhook-writes.ts';
import { loginStatements, memberStatements, personStatements, ticketStatements } from './people-writes.ts';
import { directoryStatements, generationStatements, keyStatements } from './directory-writes.ts';

/** What the ops write with. `db` only compiles; nothing runs on it. */
export function writeStatements(db: Kysely<Database>, engine: Engine) {
  return {
    ...callStatements(db),
    ...feedStatements(db),
    ...usageWrites(db),
    ...tenderStatements(db),
    ...clickStatements(db, engine),
    ...directoryStatements(db),
    ...keyStatements(db),
    ...linkStatements(db),
    ...generationStatements(db),
    ...auditWrites(db),
    ...personStatements(db),
    ...memberStatements(db),
    ...loginStatements(db),
    ...ticketStatements(db),
    ...breakerWrites(db),
    ...webhookStatements(db),
    ...deliveryStatements(db, engine),
  };
}

export type WriteStatements = ReturnType<typeof writeStatements>;
