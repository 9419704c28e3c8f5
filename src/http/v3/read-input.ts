import type { TObject } from 'typebox';
import type { FieldError } from '../../../contract/v3/problem.ts';
import { decodeForm } from '../decode.ts';
import type { RawBody } from '../raw-body.ts';
import { repeatedNames } from './repeated-names.ts';
import { Problem, problemOfFields } from './problem.ts';
import { typeOf, wrongFields } from './read-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The query of a request, as the operation describes it.
 * @throws Problem that names each parameter which is unknown, repeated, or not as described
 */
export function readQuery(schema: TObject | undefined, search: string): Fields {
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const errors: FieldError[] = [];
  for (const [name, text] of decodeForm(search)) {
    if (name in fields) errors.push(repeated(name));
    fields[name] = valueOf(schema, name, text);
  }
  return passed(schema, fields, errors);
}

/**
 * The body of a request.
 * @throws Problem where it is no JSON object, and one that names each field which is unknown, repeated, or not as described
 */
export function readBody(schema: TObject | undefined, body: RawBody | undefined): Fields {
  if (body === undefined || body.text === '') return passed(schema, {}, []);
  if (schema === undefined) throw new Problem('body_invalid', 'This takes no body; send none.');
  if (body.type !== 'json')
    throw new Problem(
      'media_type_unsupported',
      'The body is no application/json; send JSON, and say so in Content-Type.',
    );
  const fields = parseObject(body.text);
  return passed(schema, fields, repeatedNames(body.text).map(repeated));
}

function passed(schema: TObject | undefined, fields: Fields, repeats: readonly FieldError[]): Fields {
  const errors = [...repeats, ...wrongFields(schema ?? NOTHING, fields)];
  if (errors.length > 0) throw problemOfFields(errors);
  return fields;
}

const NOTHING = { type: 'object', properties: {} } as unknown as TObject;

function repeated(name: string): FieldError {
  const field = name.slice(0, 64);
  return {
    field,
    code: 'parameter_repeated',
    detail: `${JSON.stringify(field)} is given more than once; give it once.`,
  };
}

/** A query holds texts; where a number is described, digits are one. */
function valueOf(schema: TObject | undefined, name: string, text: string): unknown {
  const type = typeOf(schema?.properties[name]);
  return type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function parseObject(text: string): Fields {
  const parsed = parse(text);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Fields;
  throw new Problem('body_invalid', 'The body is JSON but no object; send an object.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('body_invalid', `The body is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
}
