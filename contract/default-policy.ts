import type { OutsideType, Policy } from './v3/policy.ts';

/**
 * What a new account may call: everything but what costs much and is seldom meant. Company numbers (`company`: +44 3…,
 * +41 58…) are ordinary ones to those who dial them, so they are not among it.
 */
export const DEFAULT_POLICY: Policy = {
  home_country: null,
  outside_prefixes: [],
  extension_digits: 6,
  extensions: [],
  emergency: 'allow',
  emergency_numbers: ['000', '112', '911', '999'],
  types_refused: ['premium', 'shared_cost', 'satellite', 'international'] satisfies OutsideType[],
  countries_allowed: [],
  countries_denied: [],
  numbers_allowed: [],
  numbers_denied: [],
  hours: [],
  time_zone: null,
  dial_as: [],
  // What a PBX must bear is bounded for each PBX already.
  calls_per_minute: null,
  calls_at_once: null,
  number_calls_per_minute: 60,
  number_calls_at_once: 30,
  freeze_keys: true,
};
