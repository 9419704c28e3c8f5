import type { TObject, TSchema } from 'typebox';
import type { FieldError } from '../../../contract/v3/problem.ts';
import { suggest } from '../../kit/suggest.ts';

/** The keywords of JSON Schema that fields of requests are described with. */
interface Described {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: TSchema;
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
  readonly anyOf?: readonly TSchema[];
  readonly description?: string;
}

const SHOWN_MAX = 64;
const ERRORS_MAX = 20;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Everything that is wrong with the fields of a request: unknown, missing, or not as described. At most 20. */
export function wrongFields(schema: TObject, given: Readonly<Record<string, unknown>>): FieldError[] {
  const known = Object.keys(schema.properties);
  const unknown = Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => unknownField(name, known));
  const wrong = known.flatMap((name): FieldError[] => {
    const value = given[name];
    const field = schema.properties[name] ?? {};
    if (!Object.hasOwn(given, name)) return isRequired(schema, name) ? [missingField(name, field)] : [];
    if (fits(field, value)) return [];
    const detail = `${name} can not be ${shown(value)}; give ${right(field)}.`;
    return [{ field: name, code: 'parameter_invalid', detail }];
  });
  return [...unknown, ...wrong].slice(0, ERRORS_MAX);
}

function isRequired(schema: TObject, name: string): boolean {
  return ((schema as { required?: readonly string[] }).required ?? []).includes(name);
}

function unknownField(name: string, known: readonly string[]): FieldError {
  const cut = name.slice(0, SHOWN_MAX);
  const meant = suggest(cut, known);
  const there = known.length === 0 ? 'there are none here.' : `there are ${known.join(', ')}.`;
  const detail = `${JSON.stringify(cut)} is no parameter; ${meant === undefined ? there : `did you mean ${meant}?`}`;
  return { field: cut, code: 'parameter_unknown', detail };
}

function missingField(name: string, field: TSchema): FieldError {
  return { field: name, code: 'parameter_missing', detail: `${name} is missing; give ${right(field)}.` };
}

/** The JSON type that a field is described with, where it has one of its own. */
export function typeOf(field: TSchema | undefined): string | undefined {
  const described: Described | undefined = field;
  return described?.type;
}

/** Whether a value is what a field's schema describes. */
export function fits(field: TSchema, value: unknown): boolean {
  const described = field as Described;
  if (described.anyOf !== undefined) return described.anyOf.some((each) => fits(each, value));
  if (described.enum !== undefined) return described.enum.some((each) => each === value);
  switch (described.type ?? 'nothing') {
    case 'string':
      return typeof value === 'string' && textFits(described, value);
    case 'integer':
      return Number.isSafeInteger(value) && numberFits(described, Number(value));
    case 'number':
      return Number.isFinite(value) && numberFits(described, Number(value));
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value) && listFits(described, value);
    case 'object':
      return isRecord(value) && recordFits(described, value);
    case 'null':
      return value === null;
    case 'nothing':
      return false;
  }
}

function textFits(
  { minLength = 0, maxLength = Infinity, pattern, format }: Described,
  text: string,
): boolean {
  if (text.length < minLength || text.length > maxLength) return false;
  if (format === 'date-time' && (!DATE_TIME.test(text) || Number.isNaN(Date.parse(text)))) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}

function numberFits({ minimum = -Infinity, maximum = Infinity }: Described, value: number): boolean {
  return value >= minimum && value <= maximum;
}

function listFits(
  { minItems = 0, maxItems = Infinity, items = {} }: Described,
  list: readonly unknown[],
): boolean {
  return list.length >= minItems && list.length <= maxItems && list.every((each) => fits(items, each));
}

function recordFits(
  { patternProperties = {} }: Described,
  record: Readonly<Record<string, unknown>>,
): boolean {
  const [schema = {}] = Object.values(patternProperties);
  return Object.values(record).every((each) => fits(schema, each));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'this list' : 'this object';
  return JSON.stringify(typeof value === 'string' ? value.slice(0, SHOWN_MAX) : value);
}

/** What would be right, in words. */
function right(field: TSchema): string {
  const { description, ...described } = field as Described;
  const kind = rightKind(described);
  return description === undefined ? kind : `${kind} (${description.replace(/\.$/, '')})`;
}

function rightKind({ type, anyOf, enum: words, format, ...bounds }: Described): string {
  if (anyOf !== undefined) return anyOf.map(right).join(' or ');
  if (words !== undefined) return `one of ${words.join(', ')}`;
  switch (type ?? 'nothing') {
    case 'string':
      return format === 'date-time'
        ? 'a time such as 2026-11-23T09:30:00Z'
        : `a text of ${bounds.minLength ?? 0} to ${bounds.maxLength ?? 'any number of'} characters`;
    case 'integer':
      return `a whole number from ${bounds.minimum} to ${bounds.maximum}`;
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list of ${bounds.minItems ?? 0} to ${bounds.maxItems ?? 'any number'}, each ${right(bounds.items ?? {})}`;
    case 'object':
      return 'an object';
    case 'null':
    case 'nothing':
      return 'null';
  }
}
