import { readNumber } from './number.ts';

/** What a person typed, read as a number or a pattern of numbers. */
export type PatternReading =
  | { readonly ok: true; readonly pattern: string }
  | { readonly ok: false; readonly problem: string };

const TYPED_MAX = 64;
/** An `x` stands for a digit; what people put between digits may stand between them here too. */
const OF_DIGITS = /^[0-9+#*xX\s().-]+$/;
const BETWEEN = /[\s().-]/g;
const PLAIN = /^[0-9+#*x]+$/;
const RIGHT =
  'give a number, or digits with x for any one digit and * at the end for the rest, such as 2xx or +49*';

/**
 * Reads a pattern of numbers: an exact one (`101`, `+1 555 123-4567`, `alice`), or digits in which `x` is any one digit and
 * a `*` at the end any rest, an empty one too (`2xx`, `+49*`). A `*` before the end is the key of a phone. It is no regular
 * expression: it is matched from a number's first character to its last, in the time that reading the number takes.
 * @returns the pattern as it is to be stored
 */
export function readPattern(typed: string): PatternReading {
  if (typed.length > TYPED_MAX) return no(`is over ${TYPED_MAX} characters`);
  if (OF_DIGITS.test(typed)) {
    const pattern = typed.replace(BETWEEN, '').toLowerCase();
    return pattern === '' ? no('is empty') : { ok: true, pattern };
  }
  const reading = readNumber(typed, true);
  return reading.ok ? { ok: true, pattern: reading.dial } : no(`can not be ${JSON.stringify(typed)}`);
}

function no(problem: string): PatternReading {
  return { ok: false, problem: `${problem}; ${RIGHT}` };
}

/** @param dial a number as `readNumber` reads it: what is compared is what would be dialled, however it was written */
export function matchesAny(patterns: readonly string[], dial: string): boolean {
  return patterns.some((pattern) => matches(pattern, dial));
}

function matches(pattern: string, dial: string): boolean {
  if (!PLAIN.test(pattern)) return pattern === dial;
  const isOpen = pattern.endsWith('*');
  const fixed = isOpen ? pattern.slice(0, -1) : pattern;
  if (isOpen ? dial.length < fixed.length : dial.length !== fixed.length) return false;
  return Array.from(fixed).every((sign, at) => sign === dial[at] || (sign === 'x' && isDigit(dial[at])));
}

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && sign >= '0' && sign <= '9';
}
