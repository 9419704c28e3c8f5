import { XMLParser } from 'fast-xml-parser';
import type { SwitchvoxVariant } from './options.ts';

export interface Request {
  readonly method: string;
  /** A list's values without the names of its elements. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

/** A tree as JSON has it. In XML a text is an attribute, an object an element, and an array elements of that name. */
export interface Tree {
  readonly [name: string]: string | Tree | readonly Tree[];
}

export type Outcome =
  | { readonly result: Tree }
  | { readonly errors: readonly { readonly code: number; readonly message: string }[] };

/** Reads the body of a request, in either form. Undefined: it is none. */
export function readRequest(body: string, isXml: boolean): Request | undefined {
  try {
    const tree: unknown = isXml ? parser.parse(body) : JSON.parse(body);
    const request = object(object(tree)['request']);
    const parameters = Object.entries(object(request['parameters'])).map(
      ([name, value]) => [name, readValue(value)] as const,
    );
    return typeof request['method'] === 'string'
      ? { method: request['method'], parameters: Object.fromEntries(parameters) }
      : undefined;
  } catch {
    return undefined;
  }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
});

/** Writes an answer in the way of this variant. */
export function writeResponse(
  method: string,
  outcome: Outcome,
  isXml: boolean,
  { lists = 'single', numbers = 'text' }: SwitchvoxVariant,
  extra: Tree,
): string {
  const said: Tree =
    'result' in outcome
      ? { result: outcome.result }
      : { errors: { error: outcome.errors.map(({ code, message }) => ({ code: String(code), message })) } };
  if (isXml) return `<response method="${escape(method)}">${inner({ ...said, ...extra })}</response>\n`;
  const shape = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((each) => shape('', each));
      return lists === 'array' || items.length > 1 ? items : items[0];
    }
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(key, each)]));
    const isNumber = numbers === 'number' && /^(?:account_id|code|total_items|duration)$/.test(name);
    return isNumber ? Number(value) : value;
  };
  return JSON.stringify({ response: { method, ...(shape('', said) as object), ...extra } });
}

function inner(tree: Tree): string {
  return Object.entries(tree)
    .flatMap(([name, value]) =>
      typeof value === 'string' ? [] : [value].flat().map((each) => element(name, each)),
    )
    .join('');
}

function element(name: string, tree: Tree): string {
  const attributes = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [` ${key}="${escape(value)}"`] : [],
  );
  return `<${name}${attributes.join('')}>${inner(tree)}</${name}>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.codePointAt(0)};`);
}

function readValue(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.flatMap(readValue);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(readValue);
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
