/** `Name: value` on the first colon; one blank after it belongs to the form, more belong to the value. */
export function* headerLines(text: string): Generator<[name: string, value: string]> {
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) yield [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
  }
}

/** All lines as an object, spelled as they are; a repeated name has an array. Hostile names are data like any other. */
export function headerFields(text: string): Record<string, string | string[]> {
  const fields = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of headerLines(text)) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}
