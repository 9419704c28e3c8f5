import type { AuditAct, LIST_AUDIT } from '../../../../contract/v3/audit.ts';
import type { AuditEntry } from '../../../audit/chain.ts';
import { rfc3339 } from '../../../kit/clock.ts';
import type { V3Deps } from '../deps.ts';
import { pageOf, placeOf } from '../page.ts';
import type { Handler } from '../route.ts';

const POSITION = /^[1-9]\d{0,14}$/;

export const listAudit: Handler<typeof LIST_AUDIT> = async ({ principal, query }, deps) => {
  const { limit = 50, cursor } = query;
  const { tenantId } = principal;
  const before = Number(placeOf(cursor, POSITION) ?? Number.MAX_SAFE_INTEGER);
  const read = await deps.audit.entriesBefore(tenantId, before, limit + 1);
  const labels = await labelsOf(tenantId, deps);
  const present = (entry: AuditEntry) => presentEntry(entry, labels);
  return { status: 200, body: pageOf(read, limit, { present, place: ({ position }) => String(position) }) };
};

/** What people know users and keys by, as they are now. */
async function labelsOf(tenantId: string, { keys, people }: V3Deps): Promise<ReadonlyMap<string, string>> {
  const members = await people.store.membersOf(tenantId);
  const all = await keys.keysOf(tenantId);
  return new Map([
    ...members.map(({ userId, user }) => [userId, user.name] as const),
    ...all.map(({ id, prefix, label }) => [id, label === '' ? `${prefix}…` : label] as const),
  ]);
}

function presentEntry(entry: AuditEntry, labels: ReadonlyMap<string, string>): AuditAct {
  const { position, atMicros, action, actorKind: kind, actorName: name, subject, detail, hash } = entry;
  return {
    position,
    at: rfc3339(atMicros),
    action,
    by: { kind, name, label: labels.get(name) ?? null },
    subject,
    detail: JSON.parse(detail) as AuditAct['detail'],
    hash,
  };
}
