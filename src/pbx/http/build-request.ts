import {
  checkPath,
  encodeForm,
  encodeHeader,
  encodeJson,
  encodePathPrefix,
  encodePathValue,
  encodeQuery,
  encodeXml,
  UnsafeValue,
  wellFormed,
} from './encode.ts';
import { parseText } from './placeholder.ts';
import type { Step, XmlElement } from './template.ts';
import { fill, requiredValue, type Sources } from './values.ts';

/** A request as it goes over the wire. */
export interface BuiltRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Fills a step in. A value is encoded for the place that it stands in, after the places are fixed: no value can become
 * another field, another path, or markup.
 * @throws UnsafeValue where a value can't stand in its place
 * @throws NotInMap
 */
export function buildRequest(step: Step, sources: Sources): BuiltRequest {
  const { type, body } = bodyOf(step, sources);
  const query = encodeQuery(filledPairs(step.query, sources));
  const headers = filledPairs(step.headers, sources).map(
    ([name, value]) => [name.toLowerCase(), encodeHeader(value)] as const,
  );
  return {
    method: step.method,
    path: pathOf(step.path, sources) + (query === '' ? '' : `?${query}`),
    headers: { ...(type !== undefined && { 'content-type': type }), ...Object.fromEntries(headers) },
    ...(body !== undefined && { body }),
  };
}

function pathOf(text: string, sources: Sources): string {
  const parts = parseText(text).map((part) => {
    if (typeof part === 'string') return part;
    const value = requiredValue(part, sources) ?? '';
    if (part.source === 'path') return encodePathPrefix(value);
    if (value === '') throw new UnsafeValue(`{${part.name}} is empty, and stands in the path`);
    return encodePathValue(value);
  });
  return checkPath(parts.join(''));
}

function filledPairs(
  texts: Readonly<Record<string, string>> | undefined,
  sources: Sources,
): (readonly [string, string])[] {
  return Object.entries(texts ?? {}).flatMap(([name, text]) => {
    const value = fill(text, sources);
    return value === undefined ? [] : [[name, value] as const];
  });
}

function bodyOf({ body }: Step, sources: Sources): { type?: string; body?: string } {
  if (body?.json !== undefined)
    return { type: 'application/json', body: encodeJson(filledJson(body.json, sources)) };
  if (body?.form !== undefined) {
    return { type: 'application/x-www-form-urlencoded', body: encodeForm(filledPairs(body.form, sources)) };
  }
  const tree = body?.xml === undefined ? undefined : filledXml(body.xml, sources);
  return tree === undefined ? {} : { type: 'text/xml; charset=utf-8', body: encodeXml(tree) };
}

/** Undefined: to be left out. */
function filledJson(json: unknown, sources: Sources): unknown {
  if (typeof json === 'string') return filledJsonText(json, sources);
  if (Array.isArray(json)) {
    return json.map((each: unknown) => filledJson(each, sources)).filter((each) => each !== undefined);
  }
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).map(([name, value]) => [name, filledJson(value, sources)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function filledJsonText(text: string, sources: Sources): string | number | boolean | undefined {
  const value = fill(text, sources);
  if (value === undefined) return undefined;
  const [part] = parseText(text);
  if (part === undefined || typeof part === 'string' || part.as === 'text') return wellFormed(value);
  if (part.as === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true';
  if (part.as === 'number' && /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value)) return Number(value);
  throw new UnsafeValue(`{${part.name}} is no ${part.as}`);
}

function filledXml(element: XmlElement, sources: Sources): XmlElement | undefined {
  const text = element.text === undefined ? '' : fill(element.text, sources);
  if (text === undefined) return undefined;
  const children = (element.children ?? []).map((child) => filledXml(child, sources));
  return {
    name: element.name,
    attributes: Object.fromEntries(filledPairs(element.attributes, sources)),
    text,
    children: children.filter((child) => child !== undefined),
  };
}
