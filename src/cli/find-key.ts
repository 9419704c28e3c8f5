import type { KeyRecord, KeyStore } from '../access/ports.ts';
import { wrongInput } from './failure.ts';

export const KEY_ARGUMENT = [
  '<key>',
  "the key's id or its prefix, as key list shows them, or the key itself",
] as const;

/** One of an account's keys, dead ones too. @throws CommandFailed */
export async function findKey(store: KeyStore, tenantId: string, given: string): Promise<KeyRecord> {
  const { recordOf } = await import('../access/keys.ts');
  const keys = await store.keysOf(tenantId);
  // Who found a key where it should not be has nothing but the key.
  const id = (await recordOf(store, given))?.id ?? given;
  const byId = keys.find((key) => key.id === id.toLowerCase());
  if (byId !== undefined) return byId;

  const [found, ...others] = keys.filter((key) => key.prefix === given.replace(/…$/, ''));
  if (found === undefined) {
    // What was typed may be somebody's key: it is not repeated.
    throw wrongInput('The account has no such key; click2call key list shows their ids and prefixes.');
  }
  if (others.length > 0) {
    const ids = [found, ...others].map((key) => key.id).join(', ');
    throw wrongInput(`Several keys begin with ${found.prefix}; give the id of one: ${ids}.`);
  }
  return found;
}
