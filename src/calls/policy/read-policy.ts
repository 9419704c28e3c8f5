import { OUTSIDE_TYPES, type Policy } from '../../../contract/v3/policy.ts';
import { suggest } from '../../kit/suggest.ts';
import { readPattern } from '../number-pattern.ts';
import { readDialAs } from './dial-as.ts';
import { isTimeZone, readHours } from './hours.ts';
import { DEFAULT_POLICY } from '../../../contract/default-policy.ts';

/** What is wrong with a policy: the field, what was wrong and what would be right. */
export interface PolicyProblem {
  readonly field: string;
  readonly detail: string;
}

export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** How a field's value is read: as it is to be stored, or undefined where it can't be. */
interface FieldSpec {
  readonly right: string;
  readonly read: (value: unknown, countries: readonly string[]) => Policy[keyof Policy] | undefined;
}

const ITEMS_MAX = 300;

/**
 * Reads a whole policy; what is left out is as it is for a new account.
 * @param countries those that a numbering plan knows
 */
export function readPolicy(
  given: Readonly<Record<string, unknown>>,
  countries: readonly string[],
): PolicyReading {
  const problems: PolicyProblem[] = [];
  const policy: Record<string, unknown> = { ...DEFAULT_POLICY };
  for (const [field, value] of Object.entries(given)) {
    const spec = Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof Policy] : undefined;
    if (spec === undefined) {
      problems.push({ field: field.slice(0, 64), detail: unknownField(field.slice(0, 64)) });
      continue;
    }
    const read = spec.read(value, countries);
    if (read === undefined) problems.push({ field, detail: wrongField(field, value, spec, countries) });
    policy[field] = read;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, policy: policy as Policy };
}

function unknownField(field: string): string {
  const known = Object.keys(FIELDS);
  const meant = suggest(field, known);
  const there = meant === undefined ? `there are ${known.join(', ')}.` : `did you mean ${meant}?`;
  return `${JSON.stringify(field)} is no part of a policy; ${there}`;
}

/** Of a list, the first thing in it that can't be. */
function wrongField(
  field: string,
  value: unknown,
  { right, read }: FieldSpec,
  countries: readonly string[],
): string {
  const items: readonly unknown[] = Array.isArray(value) && value.length <= ITEMS_MAX ? value : [];
  const index = items.findIndex((item) => read([item], countries) === undefined);
  const [name, wrong] = index < 0 ? [field, value] : [`${field}[${index}]`, items[index]];
  return `${name} can not be ${shown(wrong)}; give ${right}.`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `this list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 64) : value) ?? 'nothing';
}

type Read<Value> = (value: unknown, countries: readonly string[]) => Value | undefined;

function listOf<Value>(item: Read<Value>): Read<Value[]> {
  return (value, countries) => {
    if (!Array.isArray(value) || value.length > ITEMS_MAX) return undefined;
    const read = value.map((each: unknown) => item(each, countries));
    return read.includes(undefined) ? undefined : [...new Set(read as Value[])];
  };
}

function orNull<Value>(item: Read<Value>): Read<Value | null> {
  return (value, countries) => (value === null ? null : item(value, countries));
}

function text(fits: (value: string) => boolean): Read<string> {
  return (value) => (typeof value === 'string' && value.length <= 64 && fits(value) ? value : undefined);
}

function whole(from: number, to: number): Read<number> {
  return (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to
      ? value
      : undefined;
}

const country: Read<string> = (value, countries) =>
  countries.find((each) => typeof value === 'string' && each === value.toUpperCase());

const pattern: Read<string> = (value) => {
  const reading = typeof value === 'string' ? readPattern(value) : undefined;
  return reading?.ok === true ? reading.pattern : undefined;
};

const COUNTRY = 'a country in two letters of ISO 3166, such as DE';
const PATTERN =
  'a number, or digits with x for any one digit and * at the end for the rest, such as 2xx or +49*';
const bound = { right: 'a whole number from 1 to 1000000, or null', read: orNull(whole(1, 1_000_000)) };
const countries = { right: COUNTRY, read: listOf(country) };
const numbers = { right: PATTERN, read: listOf(pattern) };

const FIELDS: { readonly [Field in keyof Policy]: FieldSpec } = {
  home_country: { right: `${COUNTRY}, or null`, read: orNull(country) },
  outside_prefixes: {
    right: 'one to four digits',
    read: listOf(text((value) => /^[0-9]{1,4}$/.test(value))),
  },
  extension_digits: { right: 'a whole number from 0 to 12', read: whole(0, 12) },
  extensions: numbers,
  emergency: {
    right: 'allow or refuse',
    read: (value) => (value === 'allow' || value === 'refuse' ? value : undefined),
  },
  emergency_numbers: {
    right: 'two to six digits',
    read: listOf(text((value) => /^[0-9]{2,6}$/.test(value))),
  },
  types_refused: {
    right: `one of ${OUTSIDE_TYPES.join(', ')}`,
    read: listOf((value) => OUTSIDE_TYPES.find((each) => each === value)),
  },
  countries_allowed: countries,
  countries_denied: countries,
  numbers_allowed: numbers,
  numbers_denied: numbers,
  hours: {
    right: 'days and times such as Mon-Fri 08:00-18:00 or Sat,Sun 22:00-02:00',
    read: listOf(text((value) => readHours(value) !== undefined)),
  },
  time_zone: { right: 'a time zone such as Europe/Berlin, or null', read: orNull(text(isTimeZone)) },
  dial_as: {
    right: 'who may dial as whom, such as 2xx as 201',
    read: listOf(text((value) => readDialAs(value) !== undefined)),
  },
  calls_per_minute: bound,
  calls_at_once: bound,
  number_calls_per_minute: bound,
  number_calls_at_once: bound,
  freeze_keys: { right: 'true or false', read: (value) => (typeof value === 'boolean' ? value : undefined) },
};
