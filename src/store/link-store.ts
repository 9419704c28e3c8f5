import type { LinkStore } from '../access/ports.ts';
import { actValues } from './audit-rows.ts';
import type { GroupWriter } from './group-writer.ts';
import { linkOf, linkRow } from './rows.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { toText } from './text.ts';

/** After every id there is. */
const LAST = 'g';

export function createLinkStore(read: Reader, statements: ReadStatements, writer: GroupWriter): LinkStore {
  return {
    async addLink(link, act) {
      await writer.submit(['addLink', linkRow(link), actValues(act)]);
    },
    async linkByHash(hash) {
      const [row] = await read(statements.linkByHash({ hash: toText(hash) }));
      return row === undefined ? undefined : linkOf(row);
    },
    async linkById(tenantId, id) {
      const [row] = await read(statements.linkById({ tenantId, id: toText(id) }));
      return row === undefined ? undefined : linkOf(row);
    },
    async linksOf(tenantId, beforeId = LAST, limit) {
      return (await read(statements.linksOf({ tenantId, before: toText(beforeId), limit }))).map(linkOf);
    },
    async takeUse(id, nowMicros, apartMicros) {
      return (await writer.submit(['takeLink', id, nowMicros, apartMicros])) === true;
    },
    async returnUse(id) {
      await writer.submit(['returnLink', id]);
    },
    async revokeLink(tenantId, id, act) {
      const op = ['revokeLink', tenantId, toText(id), act.atMicros, actValues(act)] as const;
      return (await writer.submit(op)) === true;
    },
  };
}
