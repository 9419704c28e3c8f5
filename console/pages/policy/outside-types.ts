import type { OutsideType } from '../../../contract/v3/policy.ts';

/** The types of numbers in words. */
const WORDS: Readonly<Record<OutsideType, string>> = {
  premium: 'premium',
  shared_cost: 'shared cost',
  satellite: 'satellite',
  international: 'networks of no country',
  fixed: 'fixed line',
  mobile: 'mobile',
  fixed_or_mobile: 'fixed or mobile',
  toll_free: 'toll free',
  voip: 'voice over IP',
  personal: 'personal',
  pager: 'pager',
  company: 'company',
  voicemail: 'voicemail',
  unassigned: 'not assigned',
  unreadable: 'not readable',
};

/** To choose from; those that thieves like in front. */
export const OUTSIDE_TYPES = Object.entries(WORDS).map(([id, label]) => ({ id: id as OutsideType, label }));
