import fc from 'fast-check';
import { Type, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { ROUTES } from './routes.ts';
import { fits, wrongFields } from './read-fields.ts';

const FIELDS: readonly TSchema[] = [
  Type.String({ minLength: 1, maxLength: 3 }),
  Type.String({ pattern: '^[a-c]+$', maxLength: 5 }),
  Type.Integer({ minimum: 1, maximum: 600 }),
  Type.Number({ minimum: 0 }),
  Type.Boolean(),
  Type.Null(),
  Type.Enum(['a', 'b']),
  Type.Array(Type.Enum(['a', 'b']), { minItems: 1, maxItems: 2 }),
  Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])),
  Type.Union([Type.String({ maxLength: 2 }), Type.Integer({ minimum: 5, maximum: 9 })]),
];

describe('fits', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>('a', 'b', 'ab', 'abc', 'abcd', '', 5, 0, 1, 600, 601, 1.5, -1, true, null),
    fc.constantFrom<unknown>(
      [],
      ['a'],
      ['a', 'b', 'a'],
      ['c'],
      {},
      { x: 'y' },
      { x: null },
      { x: 5 },
      undefined,
    ),
    fc.jsonValue(),
  );

  it('says of every kind of field what the schema library says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELDS), value, (field, each) => {
        expect(fits(field, each)).toBe(Value.Check(field, each));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['2026-11-23T09:30:00Z', true],
    ['2026-11-23T09:30:00.123456+01:00', true],
    ['2026-11-23', false],
    ['2026-13-23T09:30:00Z', false],
    ['yesterday', false],
  ])('takes %s for a time: %s', (text, isTime) => {
    expect(fits(Type.String({ format: 'date-time' }), text)).toBe(isTime);
  });

  it('knows the kind of every field that a request to /v3 can have', () => {
    const kinds = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'];
    const isKnown = (field: TSchema): boolean => {
      const { type, anyOf, enum: words } = field as { type?: string; anyOf?: TSchema[]; enum?: unknown[] };
      return words !== undefined || anyOf?.every(isKnown) === true || kinds.includes(type ?? '');
    };
    const fields = ROUTES.flatMap(({ operation: { query, body } }) => [
      ...Object.values(query?.properties ?? {}),
      ...Object.values(body?.properties ?? {}),
    ]);
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.filter((field) => !isKnown(field))).toEqual([]);
  });
});

describe('wrongFields', () => {
  const schema = Type.Object({
    name: Type.String({ maxLength: 5 }),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  });

  it('names what is unknown, missing and wrong, with what would be right', () => {
    expect(wrongFields(schema, { size: 10, nmae: 'x', other: 1 })).toEqual([
      { field: 'nmae', code: 'parameter_unknown', detail: '"nmae" is no parameter; did you mean name?' },
      { field: 'other', code: 'parameter_unknown', detail: '"other" is no parameter; there are name, size.' },
      {
        field: 'name',
        code: 'parameter_missing',
        detail: 'name is missing; give a text of 0 to 5 characters.',
      },
      {
        field: 'size',
        code: 'parameter_invalid',
        detail: 'size can not be 10; give a whole number from 1 to 9.',
      },
    ]);
    expect(wrongFields(schema, { name: 'Ada' })).toEqual([]);
  });

  it('stops at twenty, and shows no more than the beginning of what was given', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`${'x'.repeat(500)}${index}`, 1]),
    );
    const errors = wrongFields(schema, { ...many, name: 'y'.repeat(5_000) });
    expect(errors).toHaveLength(20);
    expect(JSON.stringify(errors).length).toBeLessThan(5_000);
  });
});
