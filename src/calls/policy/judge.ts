import type { Policy } from '../../../contract/v3/policy.ts';
import { matchesAny } from '../number-pattern.ts';
import { isWithin } from './hours.ts';
import type { Numbering } from './policy.ts';
import { isOutside, readDialled, type DialledAs } from './read-dialled.ts';

/** What a policy says of a number: as what it was read, and which of its rules decided. */
export interface Judgement {
  readonly isAllowed: boolean;
  readonly readAs: DialledAs;
  /** A name in the policy; undefined where none of its rules speaks of such a number. */
  readonly rule: keyof Policy | undefined;
  /** A sentence without its full stop: what decided. */
  readonly because: string;
}

/** What judging must know. */
export interface PolicyFacts {
  readonly policy: Policy;
  /** Undefined where no number of the request is an outside one. */
  readonly numbering: Numbering | undefined;
  readonly nowMicros: number;
}

/** Says whether a number may be called. Pure. @param dial as `readNumber` gives it */
export function judgeNumber({ policy, numbering, nowMicros }: PolicyFacts, dial: string): Judgement {
  if (numbering === undefined && isOutside(policy, dial))
    throw new Error('An outside number takes a numbering plan.');
  const readings = readDialled(policy, dial, numbering ?? NONE);
  const judged = readings.map((readAs) => judgeReading(policy, dial, readAs));
  const refused = judged.find(({ isAllowed }) => !isAllowed);
  const [first = refused] = judged;
  if (first === undefined) throw new Error('Every number is read as something.');
  return refused ?? judgeHours(policy, first, nowMicros);
}

const NONE: Numbering = { countries: [], read: () => undefined };

function judgeReading(policy: Policy, dial: string, readAs: DialledAs): Judgement {
  if (readAs.type === 'emergency' && policy.emergency === 'allow')
    return allowed(readAs, 'emergency', 'it is a number for emergencies');
  if (readAs.type === 'emergency')
    return refused(readAs, 'emergency', 'it is a number for emergencies, which are not called from here');
  return judgePattern(policy, dial, readAs) ?? judgePlace(policy, readAs);
}

/** The more exact of two patterns counts; of two alike, the one that refuses. */
function judgePattern(policy: Policy, dial: string, readAs: DialledAs): Judgement | undefined {
  const { numbers_allowed, numbers_denied } = policy;
  const best = (patterns: readonly string[]) =>
    patterns
      .filter((pattern) => [dial, readAs.e164 ?? dial].some((form) => matchesAny([pattern], form)))
      .toSorted((a, b) => exactness(b) - exactness(a))[0];
  const [yes, no] = [best(numbers_allowed), best(numbers_denied)];
  if (no !== undefined && (yes === undefined || exactness(no) >= exactness(yes)))
    return refused(readAs, 'numbers_denied', `it is one of ${no}`);
  return yes === undefined ? undefined : allowed(readAs, 'numbers_allowed', `it is one of ${yes}`);
}

/** How many signs of a pattern stand for one number alone; one without an open end is more exact than any with one. */
function exactness(pattern: string): number {
  return pattern.replace(/[x*]/g, '').length + (pattern.endsWith('*') ? 0 : 100);
}

function judgePlace(policy: Policy, readAs: DialledAs): Judgement {
  const { type, country } = readAs;
  const types: readonly string[] = policy.types_refused;
  if (type === 'extension') return allowed(readAs, undefined, 'it is an extension');
  if (types.includes(type)) return refused(readAs, 'types_refused', `it is ${TYPE_WORDS[type]}`);
  if (country !== null && policy.countries_denied.includes(country))
    return refused(readAs, 'countries_denied', `it is in ${nameOf(country)}`);
  if (policy.countries_allowed.length === 0)
    return allowed(readAs, undefined, 'nothing in the policy speaks against it');
  if (country === null) return refused(readAs, 'countries_allowed', 'it is of no country that could be told');
  return policy.countries_allowed.includes(country)
    ? allowed(readAs, 'countries_allowed', `it is in ${nameOf(country)}`)
    : refused(readAs, 'countries_allowed', `it is in ${nameOf(country)}, which is none of those allowed`);
}

function judgeHours(policy: Policy, judged: Judgement, nowMicros: number): Judgement {
  const { hours, time_zone } = policy;
  const { type } = judged.readAs;
  if (hours.length === 0 || type === 'extension' || type === 'emergency') return judged;
  if (isWithin(hours, time_zone, nowMicros)) return judged;
  const when = `${hours.join(', ')}${time_zone === null ? ' UTC' : ` in ${time_zone}`}`;
  return refused(judged.readAs, 'hours', `outside numbers are called only ${when}`);
}

const TYPE_WORDS: Readonly<Record<DialledAs['type'], string>> = {
  extension: 'an extension',
  emergency: 'a number for emergencies',
  fixed: 'a fixed-line number',
  mobile: 'a mobile number',
  fixed_or_mobile: 'a fixed-line or mobile number',
  toll_free: 'a toll-free number',
  premium: 'a premium-rate number',
  shared_cost: 'a shared-cost number',
  voip: 'a number of Internet telephony',
  personal: 'a personal number',
  pager: 'a pager',
  company: 'a company number',
  voicemail: 'a voicemail access number',
  satellite: 'a satellite phone',
  international: 'a number of an international network',
  unassigned: 'a number that its country has not assigned',
  unreadable: 'no number that could be read; set home_country and outside_prefixes',
};

let names: Intl.DisplayNames | undefined;

/** `Cuba (CU)`. */
export function nameOf(country: string): string {
  names ??= new Intl.DisplayNames(['en'], { type: 'region' });
  return `${names.of(country)} (${country})`;
}

function allowed(readAs: DialledAs, rule: Judgement['rule'], because: string): Judgement {
  return { isAllowed: true, readAs, rule, because };
}

function refused(readAs: DialledAs, rule: keyof Policy, because: string): Judgement {
  return { isAllowed: false, readAs, rule, because };
}
