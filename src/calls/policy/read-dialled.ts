import type { OutsideType, Policy } from '../../../contract/v3/policy.ts';
import { matchesAny } from '../number-pattern.ts';
import type { Numbering } from './policy.ts';

/** What a number that is to be dialled can be. */
export interface DialledAs {
  readonly type: OutsideType | 'extension' | 'emergency';
  /** Null for what is no number of the world's. */
  readonly e164: string | null;
  /** Two letters of ISO 3166; null for what belongs to no country. */
  readonly country: string | null;
}

/** A feature code before a number: `*67`, `*72*`. Call forwarding by such a code is as dear as the call itself. */
const CODE = /^[*#]{1,2}[0-9]{2}[*#]?/;
/** What is dialled for a foreign country where the home country is not known: Europe's and North America's. */
const ABROAD = /^(?:00|011)(?=[1-9])/;
/** As the documented API has it, 15551234567. Without a home country other bare digits could be anybody's. */
const AMERICAN = /^1[0-9]{10}$/;

/** Whether a number leaves the PBX, so that it takes a numbering plan to say what it is. */
export function isOutside(policy: Policy, dial: string): boolean {
  if (isEmergency(policy, dial) || /^[A-Za-z]/.test(dial)) return false;
  if (policy.extensions.length > 0) return !matchesAny(policy.extensions, dial);
  return dial.startsWith('+') || dial.replace(/[*#]/g, '').length > policy.extension_digits;
}

/**
 * Everything that a dialled number can mean to the PBX: with and without what is dialled for an outside line. A rule that
 * refuses one of them refuses the call, for we do not see which of them the PBX will take.
 * @param dial as `readNumber` gives it
 * @returns one at least, the likeliest first
 */
export function readDialled(policy: Policy, dial: string, numbering: Numbering): readonly DialledAs[] {
  if (isEmergency(policy, dial)) return [{ type: 'emergency', e164: null, country: null }];
  if (!isOutside(policy, dial)) return [{ type: 'extension', e164: null, country: null }];
  const readings = formsOf(policy, dial).flatMap((form) => numbering.read(form, policy.home_country) ?? []);
  const assigned = readings.filter(({ type }) => type !== 'unassigned');
  if (assigned.length > 0) return assigned;
  return readings.length > 0 ? readings.slice(0, 1) : [{ type: 'unreadable', e164: null, country: null }];
}

function isEmergency({ emergency_numbers, outside_prefixes }: Policy, dial: string): boolean {
  return ['', ...outside_prefixes].some(
    (prefix) => dial.startsWith(prefix) && emergency_numbers.includes(dial.slice(prefix.length)),
  );
}

function formsOf({ home_country, outside_prefixes }: Policy, dial: string): readonly string[] {
  const number = dial.replace(CODE, '').replace(/[*#]/g, '');
  const stripped = outside_prefixes
    .filter((prefix) => number.startsWith(prefix))
    .map((prefix) => number.slice(prefix.length));
  const forms = [number, ...stripped];
  if (home_country !== null) return forms;
  return forms.flatMap((form) => {
    if (form.startsWith('+')) return form;
    if (AMERICAN.test(form)) return `+${form}`;
    return ABROAD.test(form) ? form.replace(ABROAD, '+') : [];
  });
}
