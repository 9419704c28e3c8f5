import type { Pairs } from './c2c-v2/parameters.ts';

/** The body is not what its content type says. The message says where. */
export class BodyInvalid extends Error {
  override readonly name = 'BodyInvalid';
}

const NUMBER_NAMES = new Set(['dial_first', 'dial_second', 'dial_as', 'dail_as']);

/**
 * Decodes a query or a form (application/x-www-form-urlencoded, WHATWG URL §5.1): every pair, in order, repeated ones too.
 * One thing more: people paste +15551234567 into URLs, where a form's plus means a blank; see `withPlus`.
 */
export function decodeForm(text: string): Pairs {
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const equals = piece.indexOf('=');
      const name = decodePart(equals < 0 ? piece : piece.slice(0, equals));
      const raw = equals < 0 ? '' : piece.slice(equals + 1);
      const value = decodePart(raw);
      return [name, NUMBER_NAMES.has(name) ? withPlus(raw, value) : value] as const;
    });
}

const INTERNATIONAL_DIGITS_MIN = 7;

/** A plus in front of an international number is one; in front of `101` it is the blank that it stands for. */
function withPlus(raw: string, value: string): string {
  const digits = value.replace(/\P{Nd}/gu, '');
  if (!/^(tel(:|%3a))?\+/i.test(raw) || digits.length < INTERNATIONAL_DIGITS_MIN) return value;
  return value.replace(' ', '+');
}

/** Percent-decoding that never throws: bytes that are no UTF-8 become U+FFFD, which no number or name takes. */
function decodePart(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/%[0-9a-f]{2}/gi, '\uFFFD');
  }
}

/**
 * Decodes a JSON object of texts and numbers.
 * @throws BodyInvalid
 */
export function decodeJson(text: string): Pairs {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new BodyInvalid(`The body is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BodyInvalid(
      'The body is JSON but no object; give {"dial_first": "101", "dial_second": "102"}.',
    );
  }
  const values = Object.entries(body).map(([name, value]) => [name, readScalar(name, value)] as const);
  return [...values, ...repeatedNames(text).map((name) => [name, ''] as const)];
}

function readScalar(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  const shown = JSON.stringify(name.slice(0, 64));
  throw new BodyInvalid(
    `${shown} is ${value === null ? 'null' : typeof value === 'number' ? 'no whole number' : `of the type ${typeof value}`}; give a text.`,
  );
}

/** Names that a JSON object has more than once: `JSON.parse` keeps the last of them and says nothing. */
function repeatedNames(text: string): string[] {
  const seen = new Set<string>();
  // The values are scalars by now, so every string that a colon follows is a name of the one object.
  const names = [...text.matchAll(/("(?:[^"\\]|\\.)*"?)\s*(:)?/gs)]
    .filter((match) => match[2] !== undefined)
    .map((match) => JSON.parse(match[1] ?? '""') as string);
  return names.filter((name) => seen.size === seen.add(name).size);
}
