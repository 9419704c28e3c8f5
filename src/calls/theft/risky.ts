import type { OutsideLeg } from './leg.ts';

/**
 * Where stolen calls go, by what operators and their associations report (CFCA's fraud loss surveys, lists of shared
 * revenue ranges): dear to call, and seldom called by an office. It is short on purpose, and the owner's `countries_allowed` goes before it.
 */
const RISKY_COUNTRIES = new Set(
  (
    'AC AF AZ BA BI BY CF CK CU DJ ER FK GM GN GW HT IO KI KM KP LR LV MD MG ML MV NR NU PG PS SB SH SL SO ST SY TD TJ TK TL ' +
    'TN TO TV VU WF WS YE ZW'
  ).split(' '),
);
const RISKY_TYPES = new Set<OutsideLeg['type']>([
  'premium',
  'shared_cost',
  'satellite',
  'international',
  'personal',
]);

/** Whether money is made with calls there. */
export function isRisky({ country, type }: OutsideLeg): boolean {
  return country === null || RISKY_COUNTRIES.has(country) || RISKY_TYPES.has(type);
}

export function isRiskyCountry(country: string): boolean {
  return country === '-' || RISKY_COUNTRIES.has(country);
}
