import {
  getCountries,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type NumberType,
} from 'libphonenumber-js/max';
import type { OutsideType } from '../../../contract/v3/policy.ts';
import type { Numbering } from './policy.ts';

/*
 * The plans are libphonenumber's, with all their types: the smaller sets can not tell a premium number from any other.
 * They are 160 kB, 20 MB of memory with their code and 50 ms to load, so whoever needs no outside number never loads them
 * (docs/adr/0007-dial-policy.md).
 */

const TYPES: Readonly<Record<string, OutsideType>> = {
  FIXED_LINE: 'fixed',
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'fixed_or_mobile',
  TOLL_FREE: 'toll_free',
  PREMIUM_RATE: 'premium',
  SHARED_COST: 'shared_cost',
  VOIP: 'voip',
  PERSONAL_NUMBER: 'personal',
  PAGER: 'pager',
  UAN: 'company',
  VOICEMAIL: 'voicemail',
} satisfies Record<NonNullable<NumberType>, OutsideType>;

/** Inmarsat and the Global Mobile Satellite System; ITU-T E.164, annex D. */
const SATELLITE = ['870', '881'];
/** Personal numbers and networks that belong to no country, among them some of satellites. */
const INTERNATIONAL = ['878', '882', '883', '888'];

export const numbering: Numbering = {
  countries: getCountries(),
  read(digits, home) {
    const country = home !== null && isSupportedCountry(home) ? home : undefined;
    const number = parsePhoneNumberFromString(digits, country);
    if (number === undefined) return undefined;
    const e164: string = number.number;
    const code = number.countryCallingCode;
    const known: CountryCode | undefined = number.country ?? number.getPossibleCountries()[0];
    return {
      e164,
      country: known ?? null,
      type: typeOf(code, number.isValid() ? number.getType() : undefined),
    };
  },
};

function typeOf(code: string, type: NumberType): OutsideType {
  if (SATELLITE.includes(code)) return 'satellite';
  if (INTERNATIONAL.includes(code)) return 'international';
  return (type && TYPES[type]) ?? 'unassigned';
}
