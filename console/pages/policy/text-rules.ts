import type { TypedPolicy } from './typed-policy.ts';

/** A rule that is typed in. */
export interface TextRule {
  readonly name: keyof TypedPolicy['texts'];
  readonly label: string;
  readonly help: string;
  /** What it is without anything typed in. */
  readonly placeholder?: string;
  /** An item a line. */
  readonly isLong?: boolean;
  /** One of the few that every account does well to think about. */
  readonly isMain?: boolean;
}

export const WHERE: readonly TextRule[] = [
  {
    name: 'home_country',
    isMain: true,
    label: 'Home country',
    help: 'Two letters, such as DE: without it national numbers can not be read.',
  },
  {
    name: 'countries_allowed',
    isMain: true,
    label: 'Countries that may be called',
    help: 'DE, AT, CH. This alone stops most thefts.',
    placeholder: 'all',
  },
  {
    name: 'countries_denied',
    label: 'Countries that may not be called',
    help: 'Where all others may.',
    placeholder: 'none',
  },
  {
    name: 'numbers_allowed',
    label: 'Numbers that may be called',
    help: 'Whatever their country and type. Digits, x for any one, * at the end: +4930*',
    placeholder: 'none',
  },
  {
    name: 'numbers_denied',
    label: 'Numbers that may not be called',
    help: 'Where no more exact pattern allows them.',
    placeholder: 'none',
  },
];

export const WHEN: readonly TextRule[] = [
  {
    name: 'hours',
    isMain: true,
    label: 'Hours',
    help: 'When outside numbers may be called, a line each: Mon-Fri 08:00-18:00',
    placeholder: 'always',
    isLong: true,
  },
  {
    name: 'time_zone',
    label: 'Time zone',
    help: 'Of these hours, such as Europe/Berlin.',
    placeholder: 'UTC',
  },
  {
    name: 'dial_as',
    label: 'Who may dial as whom',
    help: 'A line each: 2xx as 201',
    placeholder: 'anybody as anybody',
    isLong: true,
  },
];

export const INSIDE: readonly TextRule[] = [
  {
    name: 'outside_prefixes',
    label: 'Outside line',
    help: 'What people dial for one, such as 0 or 9.',
    placeholder: 'nothing',
  },
  {
    name: 'extension_digits',
    label: 'Digits of an extension',
    help: 'Numbers of up to so many digits are extensions.',
  },
  {
    name: 'extensions',
    label: 'Extensions',
    help: 'What is an extension, and nothing else is: 1xx, 2xx',
    placeholder: 'by their digits',
  },
  {
    name: 'emergency_numbers',
    label: 'Emergency numbers',
    help: 'What is dialled for help: no rule stops it.',
  },
];

export const HOW_MANY: readonly TextRule[] = [
  {
    name: 'calls_per_minute',
    label: 'Calls a minute',
    help: 'Of the whole account.',
    placeholder: 'any number',
  },
  { name: 'calls_at_once', label: 'Calls at once', help: 'Of the whole account.', placeholder: 'any number' },
  {
    name: 'number_calls_per_minute',
    label: 'Calls a minute to one number',
    help: 'To one outside number.',
    placeholder: 'any number',
  },
  {
    name: 'number_calls_at_once',
    label: 'Calls at once to one number',
    help: 'To one outside number.',
    placeholder: 'any number',
  },
];
