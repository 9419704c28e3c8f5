import { Type, type Static } from 'typebox';
import { ERROR_CODES } from '../error-codes.ts';
import { Id } from './common.ts';

export const FieldError = Type.Object({
  field: Type.String({ description: 'Its name in the body or the query, or that of a header.' }),
  code: Type.Enum(Object.keys(ERROR_CODES)),
  detail: Type.String({ description: 'What was wrong, and what would be right.' }),
});

/** What `/v3` answers where it does not do what was asked: RFC 9457, `application/problem+json`. */
export const Problem = Type.Object({
  type: Type.String({ format: 'uri-reference', description: 'Where the code is explained.' }),
  title: Type.String({ description: 'The same for all problems of this code.' }),
  status: Type.Integer({ description: 'The HTTP status.' }),
  detail: Type.String({ description: 'What went wrong here, and what would be right.' }),
  code: Type.Enum(Object.keys(ERROR_CODES), { description: 'A stable word for the error.' }),
  errors: Type.Optional(Type.Array(FieldError, { description: 'Of a wrong request: each thing that is.' })),
  call_id: Type.Optional(Id),
  pbx_message: Type.Optional(Type.String({ description: "The PBX's own words, unaltered." })),
  remedy: Type.Optional(Type.String({ description: 'What to do about it.' })),
});
export type Problem = Static<typeof Problem>;
export type FieldError = Static<typeof FieldError>;
