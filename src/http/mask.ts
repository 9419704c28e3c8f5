import { maskKeys } from '../access/key-text.ts';
import type { Pairs } from './c2c-v2/parameters.ts';

const KEY_NAMES = /^(x-)?api[-_]?key$/i;
const SHOWN_MAX = 4_096;
const NONE: ReadonlySet<string> = new Set();

/**
 * The request's URL with its key masked, whatever way the parameter's name was spelled or encoded.
 * @param hidden further parameters whose values are nobody's business
 */
export function maskUrl(url: string, hidden: ReadonlySet<string> = NONE): string {
  const [path, query] = split(url.slice(0, SHOWN_MAX), '?');
  if (query === undefined) return maskKeys(path);
  const pieces = query.split('&').map((piece) => {
    const [name, value] = split(piece, '=');
    const isHidden = KEY_NAMES.test(decodeName(name)) || hidden.has(decodeName(name));
    return value !== undefined && isHidden ? `${name}=***` : maskKeys(piece);
  });
  return `${maskKeys(path)}?${pieces.join('&')}`;
}

/** Parameters as an object with the key and what is hidden masked; a repeated one as an array. */
export function maskPairs(
  pairs: Pairs,
  hidden: ReadonlySet<string> = NONE,
): Record<string, string | string[]> {
  const data: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of pairs) {
    const isHidden = KEY_NAMES.test(name) || hidden.has(name);
    const shown = isHidden ? '***' : maskKeys(value.slice(0, SHOWN_MAX));
    // Who forgot `api_key=` sent the key as a name.
    const shownName = maskKeys(name);
    const before = data[shownName];
    data[shownName] = before === undefined ? shown : [before, shown].flat();
  }
  return data;
}

/** Fields of a JSON object, those that are texts with every key in them masked. */
export function maskFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const masked = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? maskKeys(value.slice(0, SHOWN_MAX)) : value,
  ]);
  return Object.fromEntries(masked) as Readonly<Record<string, unknown>>;
}

function split(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
