import type { SettingSpec, Settings } from './contract.ts';

type ValueOf<S extends SettingSpec> = S['type'] extends 'integer' | 'number'
  ? number
  : S['type'] extends 'boolean'
    ? boolean
    : S extends { choices: readonly (infer Choice)[] }
      ? Choice
      : string;

/** The type of a driver's settings, from its own list of them. Each has a value: given, of a preset, or the default. */
export type SettingsOf<Specs extends readonly SettingSpec[]> = {
  readonly [S in Specs[number] as S['name']]: ValueOf<S>;
};

/** Settings that `readSettings` has checked against these very specs, with their types. */
export function typed<const Specs extends readonly SettingSpec[]>(
  specs: Specs,
  settings: Settings,
): SettingsOf<Specs> {
  const missing = specs.find((spec) => settings[spec.name] === undefined);
  if (missing !== undefined) throw new TypeError(`The setting ${missing.name} has no value.`);
  return settings as SettingsOf<Specs>;
}
