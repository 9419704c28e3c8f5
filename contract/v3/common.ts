import { Type, type TSchema } from 'typebox';

/** What several resources have in common. */

/** A value, or null where it is not known (yet). */
export function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

export function word<Word extends string>(words: readonly Word[], description: string) {
  return Type.Enum([...words], { description });
}

export const Id = Type.String({ format: 'uuid', description: 'A UUID of version 7.' });

export const Time = Type.String({ format: 'date-time', description: 'RFC 3339, UTC, with microseconds.' });
