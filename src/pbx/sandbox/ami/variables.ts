/** A variable as an Originate sets it on the new channel. */
export type Variable = readonly [name: string, value: string];

/**
 * The `Variable` headers of an Originate: each is split on commas, each piece on its first `=`. Quotes are taken away
 * and protect commas, brackets nest and protect them, a backslash takes the next character as it is
 * (main/app.c, `__ast_app_separate_args`).
 */
export function parseVariables(headers: readonly string[]): Variable[] {
  return headers.flatMap(splitArguments).map((piece): Variable => {
    const equals = piece.indexOf('=');
    return equals === -1 ? [piece.trim(), ''] : [piece.slice(0, equals).trim(), piece.slice(equals + 1)];
  });
}

function splitArguments(text: string): string[] {
  const pieces: string[] = [''];
  let depth = 0;
  let quoted = false;
  const add = (char: string) => pieces.push(`${pieces.pop() ?? ''}${char}`);
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && at + 1 < text.length) add(text.charAt((at += 1)));
    else if (char === '"') quoted = !quoted;
    else if (char === ',' && depth === 0 && !quoted) pieces.push('');
    else {
      if ('(['.includes(char)) depth += 1;
      if (')]'.includes(char) && depth > 0) depth -= 1;
      add(char);
    }
  }
  return pieces.slice(0, 64);
}
