import { SCOPES, type Scope } from '../../contract/v3/scopes.ts';
import { readPattern } from '../calls/number-pattern.ts';
import { microsOf } from '../kit/clock.ts';
import { asNetwork } from '../kit/networks.ts';
import { suggest } from '../kit/suggest.ts';
import { maskKeys } from './key-text.ts';
import type { KeyKind, KeyLimits, KeyRights } from './limits.ts';

/** What is asked of a key, by the names that it has everywhere outside. Undefined: it is not limited by that. */
export interface RightsInput {
  readonly kind?: KeyKind | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly allow_first?: readonly string[] | undefined;
  readonly allow_as?: readonly string[] | undefined;
  readonly allow_to?: readonly string[] | undefined;
  readonly allow_ip?: readonly string[] | undefined;
  readonly allow_origin?: readonly string[] | undefined;
  /** RFC 3339. */
  readonly expires_at?: string | undefined;
  readonly per_minute?: number | undefined;
  readonly at_once?: number | undefined;
}

export interface AccessProblem {
  readonly field: string;
  /** What was wrong, and what would be right. */
  readonly says: string;
}

/** What was asked of a key or of a link can't be. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  readonly problems: readonly AccessProblem[];

  constructor(problems: readonly AccessProblem[]) {
    // It repeats what was typed, which may be a key in the wrong place.
    const masked = problems.map(({ field, says }) => ({ field, says: maskKeys(says) }));
    super(masked.map(({ says }) => says).join('\n'));
    this.problems = masked;
  }
}

/** What a web page's key may do: `scopes` is not asked for it. */
const PAGE_SCOPES: readonly Scope[] = ['calls:create', 'calls:read', 'calls:end'];
export const COUNT_MAX = 1_000_000;
const SHOWN_MAX = 64;

/** @throws AccessError that names all that is wrong at once */
export function readRights(input: RightsInput, nowMicros: number): KeyRights {
  const problems: AccessProblem[] = [];
  const kind = input.kind ?? 'live';
  const isForPages = kind === 'publishable';
  if (isForPages && input.scopes !== undefined) problems.push(PAGES_HAVE_THEIR_OWN);
  if (isForPages && input.allow_origin === undefined) problems.push(PAGES_NEED_ORIGINS);
  const list = listReader(problems);
  const count = countReader(problems);
  const limits: Record<keyof KeyLimits, readonly string[] | number | undefined> = {
    allowFirst: list('allow_first', input.allow_first, patternOf),
    allowAs: list('allow_as', input.allow_as, patternOf),
    allowTo: list('allow_to', input.allow_to, patternOf),
    allowIp: list('allow_ip', input.allow_ip, networkOf),
    allowOrigin: list('allow_origin', input.allow_origin, originOf),
    perMinute: count('per_minute', input.per_minute),
    atOnce: count('at_once', input.at_once),
  };
  const scopes = list('scopes', input.scopes, scopeOf);
  const expiresAtMicros = readExpiry(input.expires_at, nowMicros, problems);
  if (problems.length > 0) throw new AccessError(problems);
  return {
    kind,
    scopes: isForPages ? PAGE_SCOPES : (scopes as readonly Scope[] | undefined),
    // Each was read by the reader of its own kind.
    limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
    expiresAtMicros,
  };
}

const PAGES_HAVE_THEIR_OWN: AccessProblem = {
  field: 'scopes',
  says: `scopes are not chosen for a publishable key: it has ${PAGE_SCOPES.join(' and ')}, of its own calls alone. Leave them out.`,
};
const PAGES_NEED_ORIGINS: AccessProblem = {
  field: 'allow_origin',
  says: 'allow_origin is missing; a publishable key stands in web pages: give the origin of each, such as https://www.example.net.',
};

type Read = { readonly is: string } | { readonly not: string };

function listReader(problems: AccessProblem[]) {
  return (field: string, given: readonly string[] | undefined, read: (text: string) => Read) => {
    if (given?.length === 0)
      problems.push({ field, says: `${field} is empty, so nothing would be allowed; leave it out for all.` });
    const values = given?.flatMap((text) => {
      const value = read(text);
      if ('is' in value) return [value.is];
      problems.push({ field, says: `${field} ${value.not}.` });
      return [];
    });
    return values === undefined ? undefined : [...new Set(values)];
  };
}

function countReader(problems: AccessProblem[]) {
  return (field: string, given: number | undefined) => {
    if (given === undefined || (Number.isInteger(given) && given >= 1 && given <= COUNT_MAX)) return given;
    problems.push({
      field,
      says: `${field} can not be ${given}; give a whole number from 1 to ${COUNT_MAX}.`,
    });
    return undefined;
  };
}

function patternOf(text: string): Read {
  const reading = readPattern(text);
  return reading.ok ? { is: reading.pattern } : { not: reading.problem };
}

function networkOf(text: string): Read {
  const network = asNetwork(text);
  if (network !== undefined) return { is: network };
  return { not: `can not have ${shown(text)}; give an address or a range such as 203.0.113.0/24` };
}

/** As browsers write an origin: scheme, host and a port where it is not the scheme's own. */
function originOf(text: string): Read {
  const url = URL.parse(text);
  const isOrigin =
    url !== null && ['http:', 'https:'].includes(url.protocol) && `${url.origin}/` === url.href;
  if (isOrigin) return { is: url.origin };
  return {
    not: `can not have ${shown(text)}; give an origin such as https://www.example.net, without a path`,
  };
}

function scopeOf(text: string): Read {
  if (Object.hasOwn(SCOPES, text)) return { is: text };
  const meant = suggest(text.slice(0, SHOWN_MAX), Object.keys(SCOPES));
  const right = meant === undefined ? `there are ${Object.keys(SCOPES).join(', ')}` : `did you mean ${meant}`;
  return { not: `can not have ${shown(text)}; ${right}` };
}

function readExpiry(
  text: string | undefined,
  nowMicros: number,
  problems: AccessProblem[],
): number | undefined {
  if (text === undefined) return undefined;
  const micros = microsOf(text);
  if (micros !== undefined && micros > nowMicros) return micros;
  const why = micros === undefined ? `can not be ${shown(text)}` : 'is in the past';
  problems.push({
    field: 'expires_at',
    says: `expires_at ${why}; give a time to come, such as 2027-01-31T00:00:00Z.`,
  });
  return undefined;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, SHOWN_MAX));
}
