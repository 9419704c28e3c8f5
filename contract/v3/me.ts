import { Type, type Static } from 'typebox';
import { Id, orNull, Time } from './common.ts';
import { Key, KeyLimits } from './keys.ts';
import type { Operation } from './operation.ts';
import { SCOPES } from './scopes.ts';

/** Whose key it is. */
export const Me = Type.Object({
  account: Type.Object({
    id: Id,
    slug: Type.String({ description: 'What the command line calls it.' }),
    name: Type.String(),
    created_at: Time,
  }),
  key: Type.Object({
    id: Id,
    prefix: Type.String({ description: 'The first characters of the key.' }),
    label: Type.String(),
    kind: Key.properties.kind,
    scopes: Type.Array(Type.Enum(Object.keys(SCOPES)), { description: 'What it may do.' }),
    ...KeyLimits,
    created_at: Time,
    last_used_at: orNull(Time),
    expires_at: orNull(Time),
  }),
});
export type Me = Static<typeof Me>;

export const READ_ME = {
  id: 'readMe',
  summary: 'Whose key this is',
  answers: { 200: { says: 'The account and the key.', body: Me } },
} as const satisfies Operation;
