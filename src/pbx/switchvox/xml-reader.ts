import { XMLParser, XMLValidator } from 'fast-xml-parser';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads XML into objects: attributes and elements are members, a repeated element is an array, an empty one is ''.
 * A document type is refused, so there are no entities but XML's own five and characters by number, which are put back
 * in one pass and never read again.
 * @throws Error with the reason
 */
export function readXml(text: string, depthMax: number): unknown {
  if (/<!(?!--|\[CDATA\[)/.test(text)) throw new Error('it has a document type');
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new Error(verdict.err.msg.slice(0, 200));
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    cdataPropName: '#cdata',
    maxNestedTags: depthMax,
  });
  return unescaped(parser.parse(text));
}

/** The same tree with character references put back. Its depth is bounded by the parser. */
function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return unescapeXml(value);
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const cdata = members.find(([name]) => name === '#cdata')?.[1];
  if (cdata === undefined) return Object.fromEntries(members.map(([name, each]) => [name, unescaped(each)]));
  const verbatim = [cdata].flat().join('');
  const rest = members.filter(([name]) => name !== '#cdata' && name !== '#text');
  const text = members.find(([name]) => name === '#text')?.[1];
  const whole = `${typeof text === 'string' ? unescapeXml(text) : ''}${verbatim}`;
  if (rest.length === 0) return whole;
  return { ...Object.fromEntries(rest.map(([name, each]) => [name, unescaped(each)])), '#text': whole };
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    const named = NAMED[String(name)];
    if (named !== undefined) return named;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
