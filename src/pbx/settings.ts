import { suggest } from '../kit/suggest.ts';
import type { DriverManifest, SettingSpec, SettingValue, Settings } from './contract.ts';

export type SettingsReading =
  | { readonly ok: true; readonly settings: Settings }
  /** One sentence for each thing that is wrong; it names the setting, the fault and what would be right. */
  | { readonly ok: false; readonly problems: readonly string[] };

const TEXT_MAX = 1024;

/**
 * Reads settings as an administrator typed them against the driver's own description. Values of a chosen preset and
 * defaults fill what was not given; unknown names are errors.
 */
export function readSettings(
  manifest: DriverManifest,
  given: Readonly<Record<string, SettingValue>>,
): SettingsReading {
  const problems: string[] = [];
  const known = manifest.settings.map((spec) => spec.name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const meant = suggest(name, known);
    problems.push(
      `${JSON.stringify(name)} is no setting of ${manifest.id}; ` +
        (meant === undefined ? `there are ${known.join(', ')}.` : `did you mean ${meant}?`),
    );
  }
  const preset = presetValues(manifest, given);
  const settings: Record<string, SettingValue> = {};
  for (const spec of manifest.settings) {
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
    manifest.settings.filter((spec) => spec.secret === true).map((spec) => spec.name),
  );
  const part = (secret: boolean) =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => secretNames.has(name) === secret));
  return { open: part(false), secret: part(true) };
}

function presetValues(manifest: DriverManifest, given: Readonly<Record<string, SettingValue>>): Settings {
  const values = Object.entries(manifest.presets ?? {}).map(([name, presets]) => {
    const chosen = given[name] ?? manifest.settings.find((spec) => spec.name === name)?.default;
    return presets[String(chosen)] ?? {};
  });
  return Object.assign({}, ...values) as Settings;
}

function readValue(spec: SettingSpec, typed: SettingValue, problems: string[]): SettingValue | undefined {
  const wrong = (right: string): undefined => {
    // The value of a secret is not repeated, also where it is wrong.
    const shown = spec.secret === true ? 'this value' : JSON.stringify(String(typed).slice(0, 80));
    problems.push(`${spec.name} can not be ${shown}; give ${right}. ${spec.help}`);
  };
  switch (spec.type) {
    case 'boolean':
      if (typed === true || /^(true|yes|on|1)$/i.test(String(typed))) return true;
      if (typed === false || /^(false|no|off|0)$/i.test(String(typed))) return false;
      return wrong('true or false');
    case 'choice':
      return spec.choices?.includes(String(typed))
        ? String(typed)
        : wrong(`one of ${spec.choices?.join(', ')}`);
    case 'integer':
    case 'number': {
      const value = /^-?\d+(\.\d+)?$/.test(String(typed)) ? Number(typed) : Number.NaN;
      const fits = value >= (spec.min ?? -Infinity) && value <= (spec.max ?? Infinity);
      const whole = spec.type === 'number' || Number.isInteger(value);
      return fits && whole
        ? value
        : wrong(`${spec.type === 'integer' ? 'a whole number' : 'a number'} from ${spec.min} to ${spec.max}`);
    }
    case 'text': {
      const text = String(typed);
      const fits = spec.pattern === undefined || new RegExp(`^(?:${spec.pattern})$`, 'u').test(text);
      if (text.length > TEXT_MAX || /\p{Cc}/u.test(text))
        return wrong(`at most ${TEXT_MAX} characters, none of control`);
      if (spec.required === true && text === '') return wrong('a value that is not empty');
      return fits ? text : wrong(`what matches ${spec.pattern}`);
    }
  }
}
