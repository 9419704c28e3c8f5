import type { AuditStore } from '../audit/ports.ts';
import { auditEntryOf } from './audit-rows.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { toText } from './text.ts';

export function createAuditStore(read: Reader, statements: ReadStatements): AuditStore {
  return {
    async newest(limit, log) {
      const rows =
        log === undefined
          ? await read(statements.auditNewest({ limit }))
          : await read(statements.auditNewestOf({ log: toText(log), limit }));
      return rows.map(auditEntryOf);
    },
    async entriesAfter(log, position, limit) {
      return (await read(statements.auditAfter({ log, position, limit }))).map(auditEntryOf);
    },
    async entriesBefore(log, position, limit) {
      return (await read(statements.auditBefore({ log, position, limit }))).map(auditEntryOf);
    },
    async head(log) {
      const [head] = await read(statements.auditHead({ log }));
      return head ?? { position: 0, hash: '' };
    },
    async logs() {
      return (await read(statements.auditLogs({}))).map(({ log }) => log);
    },
  };
}
