/**
 * The value of a header of a message as it came, or '' where it is not there: of the first line of that name. Asterisk's
 * own spelling is taken as it is, since an event has some forty headers and we read a few.
 */
export function headerOf(raw: string, name: string): string {
  const line = `\r\n${name}: `;
  const at = raw.indexOf(line);
  if (at < 0) return raw.startsWith(line.slice(2)) ? valueAt(raw, line.length - 2) : '';
  return valueAt(raw, at + line.length);
}

/** A text of its own to keep: a part of a message would keep the whole message with it. */
export function kept(text: string): string {
  return Buffer.from(text).toString();
}

function valueAt(raw: string, from: number): string {
  const end = raw.indexOf('\r\n', from);
  return raw.slice(from, end < 0 ? undefined : end);
}
