import { suggest } from '../kit/suggest.ts';
import type { DriverManifest, SettingSpec, SettingsFor, SettingValue, Settings } from './contract.ts';

export type SettingsReading =
  | { readonly ok: true; readonly settings: Settings }
  /** One sentence for each thing that is wrong; it names the setting, the fault and what would be right. */
  | { readonly ok: false; readonly problems: readonly string[] };

const TEXT_MAX = 1024;

/** All settings that a PBX has, given what is known of them so far. */
export function settingsFor(manifest: DriverManifest, given: Settings): SettingsFor {
  return manifest.settingsFor?.(given) ?? { settings: manifest.settings, problems: [] };
}

/**
 * Reads settings as an administrator typed them against the driver's own description. Values of a chosen preset and
 * defaults fill what was not given; unknown names are errors.
 */
export function readSettings(
  manifest: DriverManifest,
  given: Readonly<Record<string, SettingValue>>,
): SettingsReading {
  const { settings: specs, problems: untold } = settingsFor(manifest, given);
  // Which names there are is not known then: more complaints would be guesses.
  if (untold.length > 0) return { ok: false, problems: untold };
  const problems: string[] = [];
  const known = specs.map((spec) => spec.name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const meant = suggest(name, known);
    problems.push(
      `${JSON.stringify(name)} is no setting of ${manifest.id}; ` +
        (meant === undefined ? `there are ${known.join(', ')}.` : `did you mean ${meant}?`),
    );
  }
  const preset = presetValues(manifest, specs, given);
  const settings: Record<string, SettingValue> = {};
  for (const spec of specs) {
    const typed = given[spec.name];
    const value =
      typed === undefined ? (preset[spec.name] ?? spec.default) : readValue(spec, typed, problems);
    if (value === undefined && spec.required === true && typed === undefined) {
      problems.push(`${spec.name} is missing: ${spec.help}`);
    }
    if (value !== undefined) settings[spec.name] = value;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: Object.freeze(settings) };
}

/** Secrets apart from the rest: they are sealed, and shown nowhere. */
export function splitSecrets(
  manifest: DriverManifest,
  settings: Settings,
): { open: Settings; secret: Settings } {
  const secretNames = new Set(
    settingsFor(manifest, settings)
      .settings.filter((spec) => spec.secret === true)
      .map((spec) => spec.name),
  );
  const part = (secret: boolean) =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => secretNames.has(name) === secret));
  return { open: part(false), secret: part(true) };
}

function presetValues(manifest: DriverManifest, specs: readonly SettingSpec[], given: Settings): Settings {
  const values = Object.entries(manifest.presets ?? {}).map(([name, presets]) => {
    const chosen = given[name] ?? specs.find((spec) => spec.name === name)?.default;
    return presets[String(chosen)] ?? {};
  });
  return Object.assign({}, ...values) as Settings;
}

/** Undefined where the value is wrong; `problems` then says so. */
function readValue(spec: SettingSpec, typed: SettingValue, problems: string[]): SettingValue | undefined {
  const value = parseValue(spec, String(typed));
  if (value !== undefined) return value;
  // The value of a secret is not repeated, also where it is wrong.
  const shown = spec.secret === true ? 'this value' : JSON.stringify(String(typed).slice(0, 80));
  problems.push(`${spec.name} can not be ${shown}; give ${rightValue(spec)}. ${spec.help}`);
  return undefined;
}

function parseValue(spec: SettingSpec, text: string): SettingValue | undefined {
  switch (spec.type) {
    case 'boolean':
      if (/^(true|yes|on|1)$/i.test(text)) return true;
      return /^(false|no|off|0)$/i.test(text) ? false : undefined;
    case 'choice':
      return spec.choices?.find((choice) => choice === text);
    case 'integer':
    case 'number': {
      const form = spec.type === 'integer' ? /^-?\d{1,15}$/ : /^-?\d{1,15}(\.\d{1,9})?$/;
      const value = form.test(text) ? Number(text) : Number.NaN;
      return value >= (spec.min ?? -Infinity) && value <= (spec.max ?? Infinity) ? value : undefined;
    }
    case 'text': {
      const isPlain = text.length <= (spec.max ?? TEXT_MAX) && !/\p{Cc}/u.test(text);
      const isThere = spec.required !== true || text !== '';
      const fits = spec.pattern === undefined || new RegExp(`^(?:${spec.pattern})$`, 'u').test(text);
      return isPlain && isThere && fits ? text : undefined;
    }
  }
}

function rightValue(spec: SettingSpec): string {
  switch (spec.type) {
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${spec.choices?.join(', ')}`;
    case 'integer':
      return `a whole number from ${spec.min} to ${spec.max}`;
    case 'number':
      return `a number from ${spec.min} to ${spec.max}`;
    case 'text':
      return spec.pattern === undefined
        ? `1 to ${spec.max ?? TEXT_MAX} characters, none of control`
        : `what matches ${spec.pattern}`;
  }
}
