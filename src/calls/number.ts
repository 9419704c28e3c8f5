/** What a person typed, read as something a PBX can dial. */
export type NumberReading =
  | { readonly ok: true; readonly dial: string }
  | { readonly ok: false; readonly problem: string };

const DIALABLE = /^[0-9*#+]+$/;
const NAMED = /^[A-Za-z][A-Za-z0-9._-]{0,39}$/;
/** What people put between digits: blanks of every kind, brackets, dots, hyphens and dashes. */
const PUNCTUATION = /[\p{Zs}().\-\u2010-\u2015\u2212]/gu;
/** Marks for writing direction and zero-width blanks, which come along when a number is copied from a page. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;
const CONTROL = /\p{Cc}/u;
const DIGITS_MAX = 32;
const TYPED_MAX = 128;

/**
 * Reads a number as people have them: `+1 (555) 123-4567`, `101`, `*98`, digits of any script, `tel:` URIs (RFC 3966,
 * without parameters). What is left after blanks, brackets, dots and hyphens must match `[0-9*#+]{1,32}`.
 * @param namesAllowed whether `alice` or `sales.desk` may be an extension's name on this PBX.
 */
export function readNumber(typed: string, namesAllowed: boolean): NumberReading {
  if (typed.length > TYPED_MAX)
    return no(`is ${typed.length} characters long; at most ${TYPED_MAX} are allowed`);
  if (CONTROL.test(typed)) return no('contains a control character; use digits, *, # and +');
  const bare = withoutScheme(typed.replace(INVISIBLE, '').trim());
  if (bare === '') return no('is empty; give a number such as 101 or +15551234567');
  if (namesAllowed && NAMED.test(bare)) return { ok: true, dial: bare };

  const digits = toAscii(bare).replace(PUNCTUATION, '');
  if (!DIALABLE.test(digits)) return no(describeForeign(digits, bare, namesAllowed));
  if (!/[0-9*#]/.test(digits)) return no('has no digits; give a number such as 101 or +15551234567');
  if (digits.length > DIGITS_MAX) return no(`has ${digits.length} digits; at most ${DIGITS_MAX} are allowed`);
  return { ok: true, dial: digits };
}

function no(problem: string): NumberReading {
  return { ok: false, problem };
}

function withoutScheme(typed: string): string {
  return /^tel:/i.test(typed) ? typed.slice('tel:'.length) : typed;
}

/** Names the first character that can't be dialled, or says that names are not allowed here. */
function describeForeign(digits: string, bare: string, namesAllowed: boolean): string {
  if (digits === '') return 'has no digits; give a number such as 101 or +15551234567';
  if (!namesAllowed && NAMED.test(bare)) {
    return 'is a name, and this PBX takes numbers only; its setting named_extensions allows names';
  }
  const foreign = Array.from(digits).find((char) => !DIALABLE.test(char)) ?? '';
  return `contains ${JSON.stringify(foreign)}, which can't be dialled; use digits, *, # and +`;
}

/** Digits of every script and full-width signs as ASCII. Other characters stay, to be refused by name. */
function toAscii(text: string): string {
  return text
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .replace(/\uFF0B/g, '+')
    .replace(/\uFF0A/g, '*')
    .replace(/\uFF03/g, '#');
}

/** Unicode keeps each script's ten digits together, from zero upwards, so the distance to the run's start tells. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let start = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start--;
  return (code - start) % 10;
}
