import type { TSchema } from 'typebox';
import { SCHEMAS } from '../../../contract/schemas.ts';

/** A part of the description: plain JSON. */
export type Json = { readonly [name: string]: unknown };

const NAMES = new Map<unknown, string>(Object.entries(SCHEMAS).map(([name, schema]) => [schema, name]));

/** A schema as it stands where it is used: by its name where it has one. */
export function schemaOf(schema: TSchema): Json {
  const name = NAMES.get(schema);
  return name === undefined ? written(schema) : { $ref: `#/components/schemas/${name}` };
}

/** The schemas that have a name, written out. */
export function namedSchemas(): Json {
  return Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, written(schema)]));
}

function written(schema: TSchema): Json {
  const { enum: words, ...rest } = schema as { readonly enum?: readonly unknown[] } & Json;
  const isOfTexts = words?.every((word) => typeof word === 'string') === true;
  const own = words === undefined ? rest : { ...(isOfTexts && { type: 'string' }), enum: words, ...rest };
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, within(name, value)]));
}

function within(name: string, value: unknown): unknown {
  if (name === 'items') return schemaOf(value as TSchema);
  if (name === 'anyOf') return (value as TSchema[]).map(schemaOf);
  if (name !== 'properties' && name !== 'patternProperties') return value;
  const fields = Object.entries(value as Readonly<Record<string, TSchema>>);
  return Object.fromEntries(fields.map(([field, schema]) => [field, schemaOf(schema)]));
}
