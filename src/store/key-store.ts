import type { KeyStore } from '../access/ports.ts';
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
    async addKey(key) {
      await writer.submit(['addKey', keyRow(key)]);
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
    async revokeKey(tenantId, id, atMicros) {
      return (await writer.submit(['revokeKey', tenantId, toText(id), atMicros])) === true;
    },
  };
}
