import type { Key } from '../../../contract/v3/keys.ts';
import { SCOPES } from '../../../contract/v3/scopes.ts';
import { countOf } from '../../parts/count-of.ts';

/** The limits that are lists of texts, in the order of the form. */
export const LISTS = [
  { name: 'allow_to', label: 'May dial', help: 'Second numbers: 102, 2xx, +49*', short: 'to' },
  { name: 'allow_first', label: 'May ring first', help: 'First numbers, in the same way', short: 'from' },
  { name: 'allow_as', label: 'May dial as', help: 'Whose rights it may use', short: 'as' },
  { name: 'allow_ip', label: 'May come from', help: 'Addresses or ranges: 203.0.113.0/24', short: 'at' },
  { name: 'allow_origin', label: 'Web origins', help: 'https://www.example.net', short: 'on' },
] as const;
export type ListName = (typeof LISTS)[number]['name'];

export const COUNTS = [
  { name: 'per_minute', label: 'Calls a minute' },
  { name: 'at_once', label: 'Calls at once' },
] as const;
export type CountName = (typeof COUNTS)[number]['name'];

/** What was typed for a new key; empty is not limited. */
export interface AskedKey {
  readonly label: string;
  readonly kind: Key['kind'];
  readonly scopes: readonly string[];
  readonly lists: Readonly<Partial<Record<ListName, string>>>;
  readonly counts: Readonly<Partial<Record<CountName, string>>>;
  /** Days from now; 0: never. */
  readonly days: number;
}

/** As `/v3/keys` takes it. */
export function bodyOf(asked: AskedKey, nowMs: number): Readonly<Record<string, unknown>> {
  const lists = Object.entries(asked.lists).map(([name, text]) => [
    name,
    text.split(/[\s,;]+/).filter(Boolean),
  ]);
  const counts = Object.entries(asked.counts).map(([name, text]) => [name, countOf(text)]);
  const isAll = asked.scopes.length === Object.keys(SCOPES).length;
  return {
    label: asked.label,
    kind: asked.kind,
    // A publishable key has the rights of its kind.
    ...(!isAll && asked.kind !== 'publishable' && { scopes: asked.scopes }),
    ...Object.fromEntries(lists.filter(([, items]) => (items?.length ?? 0) > 0)),
    ...Object.fromEntries(counts.filter(([, count]) => count !== '')),
    ...(asked.days > 0 && { expires_at: new Date(nowMs + asked.days * 86_400_000).toISOString() }),
  };
}

/** What a key may do, in a few words for a row. */
export function limitsInWords(key: Key): readonly string[] {
  const lists = LISTS.flatMap(({ name, short }) => {
    const items = key[name];
    return items === null ? [] : [`${short} ${items.join(', ')}`];
  });
  const counts = COUNTS.flatMap(({ name }) => {
    const count = key[name];
    return count === null ? [] : [`${count} ${name === 'per_minute' ? 'a minute' : 'at once'}`];
  });
  return [...lists, ...counts];
}

/** How much of all that can be done it may do. */
export function scopesInWords({ scopes, kind }: Key): string {
  if (kind === 'publishable') return 'Calls by a web page';
  return scopes.length === Object.keys(SCOPES).length ? 'Everything' : scopes.join(', ');
}
