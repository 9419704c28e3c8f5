export type Format = 'json' | 'xml';

/** A value that a request carries: a text, or a list whose elements have a name of their own in XML. */
export type Parameter = string | { readonly each: string; readonly values: readonly string[] };

/** One call of a method, e.g. `switchvox.call` with `{ dial_first: '101', … }`. */
export interface ApiRequest {
  readonly method: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** A value holds something that no request may hold. The value itself is not repeated. */
export class UnsafeParameter extends Error {
  override readonly name = 'UnsafeParameter';
}

const NAME = /^[A-Za-z_][A-Za-z0-9_.]*$/;
/** Control characters, and what XML 1.0 has no place for: halves of surrogate pairs and U+FFFE, U+FFFF. */
const REFUSED = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;
const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * The body of a request, exactly as C.2 of the protocol's reference has it. Both forms hold the given values and nothing
 * else, whatever is in them.
 * @throws UnsafeParameter where a value has a control character or half a character
 */
export function encodeRequest({ method, parameters }: ApiRequest, format: Format): string {
  for (const name of [method, ...Object.keys(parameters)]) {
    if (!NAME.test(name)) throw new UnsafeParameter(`${JSON.stringify(name)} is no name of the Extend API`);
  }
  for (const [name, value] of Object.entries(parameters)) {
    for (const text of typeof value === 'string' ? [value] : value.values) {
      if (REFUSED.test(text)) throw new UnsafeParameter(`${name} holds a character that can't be sent`);
    }
  }
  return format === 'json' ? asJson(method, parameters) : asXml(method, parameters);
}

function asJson(method: string, parameters: ApiRequest['parameters']): string {
  const plain = Object.entries(parameters).map(([name, value]) => {
    // `extensions` is a plain list; `variables` has the element's name between (C.2, shapes 1 and 4).
    if (typeof value === 'string') return [name, value] as const;
    return [name, name === 'variables' ? { [value.each]: value.values } : value.values] as const;
  });
  return JSON.stringify({ request: { method, parameters: Object.fromEntries(plain) } });
}

function asXml(method: string, parameters: ApiRequest['parameters']): string {
  const inner = Object.entries(parameters).map(([name, value]) =>
    typeof value === 'string'
      ? element(name, escapeXml(value))
      : element(name, value.values.map((each) => element(value.each, escapeXml(each))).join('')),
  );
  return `<request method="${escapeXml(method)}"><parameters>${inner.join('')}</parameters></request>`;
}

function element(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPED[char] ?? '');
}
