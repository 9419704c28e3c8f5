import type { Frame } from '../contract.ts';
import type { Format } from './encoder.ts';
import { readXml } from './xml-reader.ts';

/** What the PBX answered: a result, errors, or neither. */
export interface ApiReply {
  readonly method: string | undefined;
  /** Undefined where there is none; an empty result is `{}`. */
  readonly result: Node | undefined;
  readonly errors: readonly ApiFault[];
}

export interface ApiFault {
  /** Empty where the PBX gave none. */
  readonly code: string;
  readonly message: string;
}

/** An object of the answer; XML attributes and elements alike are its members. */
export type Node = Readonly<Record<string, unknown>>;

/** What came is no answer of the Extend API. */
export class NotAnAnswer extends Error {
  override readonly name = 'NotAnAnswer';
}

const DEPTH_MAX = 24;
const TEXT_MAX = 1_000;

/**
 * Reads an answer. Numbers may be texts or numbers; what repeats may be an object, an array or nothing (C.2).
 * @throws NotAnAnswer, which says what came instead
 */
export function decodeReply(body: string, format: Format): ApiReply {
  const response = asNode(asNode(parse(body, format))?.['response']);
  if (response === undefined) throw new NotAnAnswer(`The answer has no response: ${start(body)}`);
  const result = response['result'];
  const { errors } = response;
  return {
    method: textOf(response['method']),
    result: result === undefined || result === null ? undefined : (asNode(result) ?? {}),
    errors: itemsOf(errors, 'error').map((fault) => ({
      code: textOf(fault['code']) ?? '',
      message: (textOf(fault['message']) ?? textOf(fault['#text']) ?? '').slice(0, TEXT_MAX),
    })),
  };
}

/** The elements `name` of a list that comes as an object, as an array, wrapped, bare, or not at all. */
export function itemsOf(list: unknown, name: string): readonly Node[] {
  if (Array.isArray(list))
    return list.flatMap((item) => (name in (asNode(item) ?? {}) ? itemsOf(item, name) : own(item)));
  const within = asNode(list)?.[name];
  return Array.isArray(within) ? within.flatMap(own) : own(within);
}

/** A frame whose body stands as the fields that it has, where it has any. Its secrets are masked already. */
export function readable(frame: Frame, format: Format): Frame {
  try {
    const body = parse(textOf(frame.data?.['body']) ?? '', format);
    return asNode(body) === undefined ? frame : { ...frame, data: { ...frame.data, body } };
  } catch {
    return frame;
  }
}

/** A text or a number as text; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

export function asNode(value: unknown): Node | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : undefined;
}

/** The beginning of an answer, for an error's text: one line, without control characters. */
export function start(body: string): string {
  const plain = body.slice(0, 800).replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ');
  return plain.trim().slice(0, 200) || '(nothing)';
}

function own(value: unknown): readonly Node[] {
  const node = asNode(value);
  if (node !== undefined) return [node];
  const text = textOf(value);
  return text === undefined || text === '' ? [] : [{ '#text': text }];
}

function parse(body: string, format: Format): unknown {
  try {
    if (format === 'xml') return readXml(body, DEPTH_MAX);
    if (depthOf(body) > DEPTH_MAX) throw new Error(`it is over ${DEPTH_MAX} levels deep`);
    return JSON.parse(body);
  } catch (error) {
    const why = format === 'json' && error instanceof SyntaxError ? '' : ` (${(error as Error).message})`;
    throw new NotAnAnswer(`The answer is no ${format.toUpperCase()}${why}: ${start(body)}`);
  }
}

/** How deep brackets nest, outside of texts: known before anything is built of them. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return deepest;
}
