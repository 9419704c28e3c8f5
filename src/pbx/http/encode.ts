import type { XmlElement } from './template.ts';

/** A value can't stand in its place as it is, and is not sent as another. */
export class UnsafeValue extends Error {
  override readonly name = 'UnsafeValue';
}

/** One segment of a URL's path: everything but RFC 3986's unreserved characters is percent-encoded. */
export function encodePathValue(value: string): string {
  return percent(value);
}

/**
 * A whole path. It begins with a slash, or it would go on with the host and port; and `.` and `..` are no segments, which
 * a URL parser would take for steps.
 */
export function checkPath(path: string): string {
  if (!path.startsWith('/')) throw new UnsafeValue('the path does not begin with /');
  for (const segment of path.split('/').slice(1)) {
    if (/^(?:\.|%2e){1,2}$/i.test(segment)) throw new UnsafeValue('a part of the path is . or ..');
  }
  return path;
}

/** A setting such as `/pbx/api`, whose slashes part segments. */
export function encodePathPrefix(value: string): string {
  return value.split('/').map(percent).join('/');
}

export function encodeQuery(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => `${percent(name)}=${percent(value)}`).join('&');
}

/** application/x-www-form-urlencoded. */
export function encodeForm(pairs: readonly (readonly [name: string, value: string])[]): string {
  for (const [, value] of pairs) wellFormed(value);
  return new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
}

/** Visible ASCII with blanks inside: what every HTTP implementation carries unchanged. */
export function encodeHeader(value: string): string {
  if (!/^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(value)) {
    throw new UnsafeValue('a header can only carry visible ASCII characters');
  }
  return value;
}

export function encodeJson(value: unknown): string {
  return JSON.stringify(value);
}

/** For text in JSON: what is no Unicode would be sent as something else. */
export function wellFormed(value: string): string {
  if (!value.isWellFormed()) throw new UnsafeValue('a value is no well-formed Unicode text');
  return value;
}

export function encodeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(root)}`;
}

function element({ name, attributes = {}, text = '', children = [] }: XmlElement): string {
  const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`);
  const inner = xmlText(text) + children.map(element).join('');
  const open = `<${name}${shown.join('')}`;
  return inner === '' ? `${open}/>` : `${open}>${inner}</${name}>`;
}

const XML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text of an element or an attribute (XML 1.0, 2.2 and 2.4). Blanks are written as references, so that none is folded. */
export function xmlText(value: string): string {
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(wellFormed(value))) {
    throw new UnsafeValue('a value has a character that XML can not carry');
  }
  return value.replace(/[&<>"'\t\n\r]/g, (char) => XML_ESCAPES[char] ?? '');
}

/** encodeURIComponent leaves `!'()*` as they are, which some servers take for more than themselves. */
function percent(value: string): string {
  return encodeURIComponent(wellFormed(value)).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
