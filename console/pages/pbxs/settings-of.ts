import type { Driver } from '../../../contract/v3/drivers.ts';
import type { Pbx } from '../../../contract/v3/pbxs.ts';

export type Setting = Driver['settings'][number];
export type Value = Pbx['settings'][string];
/** What stands in the fields of a form, as text; `''` is what was left as it is by itself. */
export type Typed = Readonly<Record<string, string>>;

/** A secret that is set and not shown. */
export const KEPT_SECRET = '***';

/** The fields of a PBX that is there: what differs from what it would be by itself. */
export function typedOf(settings: readonly Setting[], values: Pbx['settings']): Typed {
  return Object.fromEntries(
    settings.flatMap(({ name, default: byItself, secret }) => {
      const value = values[name];
      if (value === undefined || secret || value === byItself) return [];
      return [[name, String(value)]];
    }),
  );
}

/** As `/v3/pbxs` takes them. What can't be read as what it is to be goes as it was typed: the answer says what is wrong. */
export function settingsOf(settings: readonly Setting[], typed: Typed): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    settings.flatMap(({ name, type }) => {
      const text = typed[name] ?? '';
      return text === '' ? [] : [[name, valueOf(type, text)]];
    }),
  );
}

/** For a change: what was emptied goes back to what it is by itself; a secret that was not touched stays. */
export function changesOf(
  settings: readonly Setting[],
  before: Typed,
  now: Typed,
): Readonly<Record<string, Value | null>> {
  const changed = settings.filter(({ name }) => (before[name] ?? '') !== (now[name] ?? ''));
  const cleared = changed.filter(({ name, secret }) => (now[name] ?? '') === '' && !secret);
  return { ...settingsOf(changed, now), ...Object.fromEntries(cleared.map(({ name }) => [name, null])) };
}

function valueOf(type: Setting['type'], text: string): Value {
  if (type === 'boolean') return text === 'true';
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text.trim())) return Number(text);
  return text;
}
