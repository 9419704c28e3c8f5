import { XMLParser } from 'fast-xml-parser';
import type { HttpAnswer } from '../wire/http-client.ts';
import type { Condition, Match, Place } from './template.ts';

/** An answer whose JSON and XML are parsed once, when first asked for. What is neither is simply not there. */
export class AnswerReader {
  readonly #answer: HttpAnswer;
  #json: { readonly value: unknown } | undefined;
  #xml: ReadonlyMap<string, string> | undefined;

  constructor(answer: HttpAnswer) {
    this.#answer = answer;
  }

  matches({ status, where = [] }: Match): boolean {
    if (status !== undefined && !status.includes(this.#answer.status)) return false;
    return where.every((condition) => this.#holds(condition));
  }

  /** The text at a place; numbers and booleans as JSON writes them. Undefined: nothing is there. */
  at({ json, xml, header, after, before }: Place): string | undefined {
    if (json !== undefined) return scalar(pointed(this.#parsedJson(), json));
    if (xml !== undefined) return this.#parsedXml().get(xml);
    if (header !== undefined) return this.#answer.headers[header.toLowerCase()];
    return after === undefined ? undefined : between(this.#answer.body, after, before);
  }

  #holds(condition: Condition): boolean {
    if (condition.contains !== undefined) return this.#answer.body.includes(condition.contains);
    const found = this.at(condition);
    return condition.equals === undefined ? found !== undefined : found === String(condition.equals);
  }

  #parsedJson(): unknown {
    this.#json ??= { value: parseJson(this.#answer.body) };
    return this.#json.value;
  }

  #parsedXml(): ReadonlyMap<string, string> {
    this.#xml ??= parseXml(this.#answer.body);
    return this.#xml;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** RFC 6901, own properties only. */
function pointed(json: unknown, pointer: string): unknown {
  let value = json;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A list of texts counts as its first one; objects, empty texts and null are nothing. */
function scalar(value: unknown): string | undefined {
  if (Array.isArray(value)) return scalar(value[0]);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const SAID_MAX = 1_000;

function between(text: string, after: string, before: string | undefined): string | undefined {
  const start = text.indexOf(after);
  if (start === -1) return undefined;
  const from = start + after.length;
  const end = before === undefined ? -1 : text.indexOf(before, from);
  const found = text.slice(from, end === -1 ? from + SAID_MAX : Math.min(end, from + SAID_MAX)).trim();
  return found === '' ? undefined : found;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  // Entities are neither declared nor expanded; the five of XML itself are put back below.
  processEntities: false,
});

/** The text of each element that has nothing but text, by its local name; of several the first. */
function parseXml(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (/<!DOCTYPE/i.test(text)) return found;
  try {
    collect(parser.parse(text), found);
  } catch {
    // What is no XML, or is deeper than any answer, has no elements.
  }
  return found;
}

function collect(nodes: unknown, found: Map<string, string>): void {
  if (!Array.isArray(nodes)) return;
  for (const node of nodes as readonly Readonly<Record<string, unknown>>[]) {
    const [name, children] = Object.entries(node)[0] ?? [];
    if (name === undefined || !Array.isArray(children)) continue;
    const only: unknown =
      children.length === 1 ? (children[0] as Record<string, unknown>)['#text'] : undefined;
    if (typeof only === 'string' && only !== '' && !found.has(name)) found.set(name, plainText(only));
    collect(children, found);
  }
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plainText(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => PREDEFINED[name] ?? whole);
}
