import type { TObject, TSchema } from 'typebox';
import type { ErrorCode } from '../error-codes.ts';

/** What may be wrong with a body. */
export const BODY_ERRORS = [
  'body_invalid',
  'body_too_large',
  'media_type_unsupported',
  'parameter_missing',
  'parameter_invalid',
] as const satisfies readonly ErrorCode[];

/** One thing that can be asked of `/v3`, in words and schemas: what is checked, typed and documented. */
export interface Operation {
  /** In camel case; unique. */
  readonly id: string;
  /** A few words, without a full stop. */
  readonly summary: string;
  /** Markdown. */
  readonly says?: string;
  readonly query?: TObject;
  /** JSON. */
  readonly body?: TObject;
  readonly headers?: Readonly<Record<string, Shape>>;
  readonly answers: Readonly<Record<number, AnswerShape>>;
  /** Beside those that every operation can answer with: of the key, the path, unknown parameters, and faults of ours. */
  readonly errors?: readonly ErrorCode[];
}

interface Shape {
  readonly says: string;
  readonly schema: TSchema;
}

interface AnswerShape {
  readonly says: string;
  /** Absent: there is no body. */
  readonly body?: TSchema;
  /** JSON unless given. */
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
