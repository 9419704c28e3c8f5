import type { KeyStore } from '../access/ports.ts';
import { actValues } from './audit-rows.ts';
import type { GenerationCache } from './generation-cache.ts';
import type { GroupWriter } from './group-writer.ts';
import { keyOf, keyRow } from './rows.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { toText } from './text.ts';

export function createKeyStore(
  read: Reader,
  statements: ReadStatements,
  writer: GroupWriter,
  cache: GenerationCache,
): KeyStore {
  return {
    async addKey(key, act) {
      await writer.submit(['addKey', keyRow(key), actValues(act)]);
    },
    async keysOf(tenantId) {
      return (await read(statements.keysOf({ tenantId }))).map(keyOf);
    },
    async keyByHash(hash) {
      return cache.get(`key ${hash}`, async () => {
        const [row] = await read(statements.keyByHash({ hash: toText(hash) }));
        return row === undefined ? undefined : keyOf(row);
      });
    },
    async rotateKey(key, oldId, oldExpiresAtMicros, acts) {
      const op = ['rotateKey', keyRow(key), toText(oldId), oldExpiresAtMicros, acts.map(actValues)] as const;
      return (await writer.submit(op)) === true;
    },
    async revokeKey(tenantId, id, act) {
      const op = ['revokeKey', tenantId, toText(id), act.atMicros, actValues(act)] as const;
      return (await writer.submit(op)) === true;
    },
  };
}
