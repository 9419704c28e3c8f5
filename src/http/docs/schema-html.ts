import type { DescribedSchema } from './described.ts';
import { inlineHtml } from './html.ts';
import { escapeHtml } from '../page-safety.ts';

interface Row {
  readonly name: string;
  readonly schema: DescribedSchema;
  readonly isRequired: boolean;
  readonly says: string;
}

/** The fields of an object, a row each. */
export function fieldsTable({ properties = {}, required = [] }: DescribedSchema): string {
  const rows = Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    isRequired: required.includes(name),
    says: schema.description ?? '',
  }));
  return rowsTable(rows);
}

export function rowsTable(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const shown = rows.map(({ name, schema, isRequired, says }) => {
    const optional = isRequired ? '' : ' <small>optional</small>';
    const sentence = inlineHtml(says.replace(/(\w)$/, '$1.'));
    return `<tr><td><code>${escapeHtml(name)}</code>${optional}</td><td>${typeHtml(schema)}</td><td>${sentence}${defaultOf(schema)}</td></tr>`;
  });
  return `<table>\n${shown.join('\n')}\n</table>`;
}

function defaultOf(schema: DescribedSchema): string {
  return schema.default === undefined
    ? ''
    : ` Default: <code>${escapeHtml(JSON.stringify(schema.default))}</code>`;
}

/** What a value is, in a word or some. */
export function typeHtml(schema: DescribedSchema): string {
  const { $ref, anyOf, enum: words, items, type, format, patternProperties, properties } = schema;
  if ($ref !== undefined) return linkTo($ref.split('/').at(-1) ?? '');
  if (anyOf !== undefined) return anyOf.map(typeHtml).join(' or ');
  if (words !== undefined) return words.map((word) => `<code>${escapeHtml(String(word))}</code>`).join(' ');
  if (items !== undefined) return `list of ${typeHtml(items)}`;
  if (patternProperties !== undefined)
    return `names to ${Object.values(patternProperties).map(typeHtml).join(' or ')}`;
  if (properties !== undefined) return `object${fieldsTable(schema)}`;
  if (type === undefined) return 'anything';
  return [[type].flat().join(' or '), ...(format === undefined ? [] : [format]), ...boundsOf(schema)].join(
    ', ',
  );
}

function boundsOf({ minimum, maximum, minLength = 0, maxLength }: DescribedSchema): string[] {
  if (minimum !== undefined) return [`${minimum} to ${maximum ?? 'any'}`];
  return maxLength === undefined ? [] : [`${minLength} to ${maxLength} characters`];
}

function linkTo(name: string): string {
  return `<a href="#${name}">${name}</a>`;
}
