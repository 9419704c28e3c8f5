/**
 * Free text as a column stores it. PostgreSQL's text holds no NUL, and UTF-8 no lone surrogate; a caller can send both.
 * Such a text is stored as its JSON literal, whose leading quote marks it; one that starts with a quote by itself is too,
 * so that the two can't be mixed up. Every other text, which is nearly all, is stored as it is.
 */
export function toText(text: string): string {
  const plain = text.isWellFormed() && !text.includes('\0') && !text.startsWith('"');
  return plain ? text : JSON.stringify(text);
}

/** The text that `toText` was given. */
export function fromText(stored: string): string {
  if (!stored.startsWith('"')) return stored;
  const text: string = JSON.parse(stored);
  return text;
}

export function toOptionalText(text: string | undefined): string | null {
  return text === undefined ? null : toText(text);
}

export function fromOptionalText(stored: string | null): string | undefined {
  return stored === null ? undefined : fromText(stored);
}
