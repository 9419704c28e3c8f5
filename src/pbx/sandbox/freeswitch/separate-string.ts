/**
 * How FreeSWITCH takes text apart: the rules of switch_utils.c (`switch_separate_string`) and switch_event.c
 * (`switch_event_create_brackets`), step by step, so that what goes through here goes through there. A piece loses its
 * quotes, its backslashes and the blanks around it.
 */

/** At blanks, several of them counting as one; quotes keep them. */
export function separateAtBlanks(text: string, atMost: number): string[] {
  return cut(text, ' ', atMost).map((piece) => cleanUp(piece, ''));
}

/**
 * At a sign; quotes and backslashes keep it. The last of `atMost` pieces is the whole rest. A text may name another sign
 * for itself: `^^;a;b`.
 */
export function separateAt(text: string, delimiter: string, atMost: number): string[] {
  const own = /^\^\^(.)(?=.)/su.exec(text);
  const sign = own?.[1] ?? delimiter;
  return cut(text.slice(own?.[0].length ?? 0), sign, atMost).map((piece) => cleanUp(piece, sign));
}

function cut(text: string, delimiter: string, atMost: number): string[] {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length && pieces.length < atMost) {
    const start = at;
    if (pieces.length === atMost - 1) return [...pieces, text.slice(start)];
    let quoted = false;
    let hasText = false;
    for (; at < text.length; at++) {
      const char = text[at] ?? '';
      if (delimiter === ' ' && !hasText && char === ' ') continue;
      hasText = true;
      if (char === '\\') at++;
      else if (char === "'" && (delimiter === ' ' || quoted || text.includes("'", at + 1))) quoted = !quoted;
      else if (char === delimiter && !quoted) break;
    }
    pieces.push(text.slice(start, at));
    at++;
    if (delimiter === ' ') at = text.slice(at).search(/[^ ]|$/) + at;
  }
  return pieces;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', s: ' ' };

function cleanUp(text: string, delimiter: string): string {
  let clean = '';
  /** Length of `clean` without the blanks at its end that no quotes protect. */
  let end = 0;
  let quoted = false;
  for (let at = text.search(/[^ ]|$/); at < text.length; at++) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    const escaped =
      next === "'" || next === '"' || next === '\\' || next === delimiter ? next : ESCAPES[next];
    if (char === '\\' && next !== '' && escaped !== undefined) {
      clean += escaped;
      end = clean.length;
      at++;
    } else if (char === "'" && (quoted || text.includes("'", at + 1))) {
      quoted = !quoted;
      if (quoted) end = clean.length;
    } else {
      clean += char;
      if (char !== ' ' || quoted) end = clean.length;
    }
  }
  return clean.slice(0, end);
}

/** `{a=1,b=2}{^^;c=3;d=4}user/101` as its variables and what follows them; undefined: a bracket has no end. */
export function separateBrackets(
  text: string,
): { variables: [name: string, value: string][]; rest: string } | undefined {
  const variables: [string, string][] = [];
  let rest = text.replace(/^ +/, '');
  while (rest.startsWith('{')) {
    const end = endOfBracket(rest);
    if (end === undefined) return undefined;
    let inside = rest.slice(1, end);
    let delimiter = ',';
    if (inside.startsWith('^^')) {
      delimiter = inside[2] ?? '';
      inside = inside.slice(3);
    }
    for (const piece of separateAt(inside, delimiter, 1024)) {
      const [name, value] = separateAt(piece, '=', 2);
      if (name !== undefined && value !== undefined) variables.push([name, value]);
    }
    rest = rest.slice(end + 1);
  }
  return { variables, rest: rest.replace(/^ +/, '') };
}

function endOfBracket(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return undefined;
}

/** The dialplan `inline` (mod_dptools.c): applications parted by commas, or by `X` after `m:X:`. */
export function separateInline(text: string): [application: string, data: string][] {
  const own = /^m:(.):/su.exec(text);
  const pieces = separateAt(text.slice(own?.[0].length ?? 0), own?.[1] ?? ',', 128);
  return pieces.map((piece) => {
    const colon = piece.indexOf(':');
    return colon < 0
      ? [piece.replace(/^ +/, ''), '']
      : [piece.slice(0, colon).replace(/^ +/, ''), piece.slice(colon + 1)];
  });
}
