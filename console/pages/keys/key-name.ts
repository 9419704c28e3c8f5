import type { Key } from '../../../contract/v3/keys.ts';

/** What a key is called where it is spoken of. */
export function keyName({ label, prefix }: Pick<Key, 'label' | 'prefix'>): string {
  return label === '' ? `${prefix}…` : label;
}
