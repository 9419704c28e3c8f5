import type { Act } from '../audit/act.ts';
import type { AuditEntry } from '../audit/chain.ts';
import type { ActValues } from './op.ts';
import type { AuditEntryRow } from './schema.ts';
import { toText } from './text.ts';

export function actValues({ log, atMicros, by, action, subject, detail }: Act): ActValues {
  return [log, atMicros, by.kind, toText(by.name), action, toText(subject), JSON.stringify(detail)];
}

export function auditEntryOf(row: AuditEntryRow): AuditEntry {
  const { log, position, action, subject, detail, previous, hash } = row;
  const { at, actor_kind, actor_name } = row;
  const who = { actorKind: actor_kind, actorName: actor_name };
  return { log, position, atMicros: at, ...who, action, subject, detail, previous, hash };
}
