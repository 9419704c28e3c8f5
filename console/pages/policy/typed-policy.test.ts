import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../contract/v3/policy.ts';
import { policyOf, typedOf } from './typed-policy.ts';

const policy: Policy = {
  home_country: 'DE',
  outside_prefixes: ['0', '9'],
  extension_digits: 6,
  extensions: [],
  emergency: 'allow',
  emergency_numbers: ['112'],
  types_refused: ['premium'],
  countries_allowed: ['DE', 'AT'],
  countries_denied: [],
  numbers_allowed: ['+49900*'],
  numbers_denied: [],
  hours: ['Mon-Fri 08:00-18:00', 'Sat 09:00-12:00'],
  time_zone: null,
  dial_as: ['2xx as 201'],
  calls_per_minute: null,
  calls_at_once: 10,
  number_calls_per_minute: null,
  number_calls_at_once: null,
  freeze_keys: true,
};

describe('a policy in a form', () => {
  it('is the same policy when nothing was changed', () => {
    expect(policyOf(typedOf(policy))).toEqual(policy);
  });

  it('takes lists as people part them, and leaves what is no number to the answer', () => {
    const typed = typedOf(policy);
    const texts = {
      ...typed.texts,
      countries_allowed: 'de; at\nch',
      calls_at_once: 'ten',
      home_country: ' ',
    };
    expect(policyOf({ ...typed, texts })).toMatchObject({
      countries_allowed: ['de', 'at', 'ch'],
      calls_at_once: 'ten',
      home_country: null,
    });
  });
});
