import type { OutsideType, Policy } from '../../../contract/v3/policy.ts';

type ListName =
  | 'outside_prefixes'
  | 'extensions'
  | 'emergency_numbers'
  | 'countries_allowed'
  | 'countries_denied'
  | 'numbers_allowed'
  | 'numbers_denied'
  | 'hours'
  | 'dial_as';
type CountName =
  | 'extension_digits'
  | 'calls_per_minute'
  | 'calls_at_once'
  | 'number_calls_per_minute'
  | 'number_calls_at_once';
type TextName = 'home_country' | 'time_zone';

/** A policy as it stands in a form: texts, of which lists have an item a line. */
export interface TypedPolicy {
  readonly texts: Readonly<Record<TextName | ListName | CountName, string>>;
  readonly emergency: Policy['emergency'];
  readonly types_refused: readonly OutsideType[];
  readonly freeze_keys: boolean;
}

const LISTS: readonly ListName[] = [
  'outside_prefixes',
  'extensions',
  'emergency_numbers',
  'countries_allowed',
  'countries_denied',
  'numbers_allowed',
  'numbers_denied',
  'hours',
  'dial_as',
];
const COUNTS: readonly CountName[] = [
  'extension_digits',
  'calls_per_minute',
  'calls_at_once',
  'number_calls_per_minute',
  'number_calls_at_once',
];
const TEXTS: readonly TextName[] = ['home_country', 'time_zone'];

/** Items that hold blanks, such as `2xx as 201`, have a line each; the others may stand in one. */
const LINES: readonly ListName[] = ['hours', 'dial_as'];

export function typedOf(policy: Policy): TypedPolicy {
  const lists = LISTS.map((name) => [name, policy[name].join(LINES.includes(name) ? '\n' : ', ')] as const);
  const others = [...COUNTS, ...TEXTS].map((name) => [name, String(policy[name] ?? '')] as const);
  return {
    texts: Object.fromEntries([...lists, ...others]) as TypedPolicy['texts'],
    emergency: policy.emergency,
    types_refused: policy.types_refused,
    freeze_keys: policy.freeze_keys,
  };
}

/** As `/v3/policy` takes it. What can't be read as a number goes as it was typed: the answer says what is wrong. */
export function policyOf({ texts, ...others }: TypedPolicy): Readonly<Record<string, unknown>> {
  const lists = LISTS.map((name) => [name, itemsOf(texts[name], LINES.includes(name))] as const);
  const counts = COUNTS.map((name) => [name, countOf(texts[name].trim())] as const);
  const words = TEXTS.map((name) => [name, texts[name].trim() === '' ? null : texts[name].trim()] as const);
  return { ...Object.fromEntries([...lists, ...counts, ...words]), ...others };
}

function itemsOf(text: string, isLines: boolean): readonly string[] {
  return text
    .split(isLines ? /[\n;]+/ : /[\s,;]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function countOf(text: string): number | string | null {
  if (text === '') return null;
  return /^\d+$/.test(text) ? Number(text) : text;
}
