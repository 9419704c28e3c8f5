import { Type, type Static, type TSchema } from 'typebox';
import { orNull } from './common.ts';
import type { Operation } from './operation.ts';

/** What a number can be, as its country's numbering plan has it, and what is in no plan. */
export const OUTSIDE_TYPES = [
  'fixed',
  'mobile',
  'fixed_or_mobile',
  'toll_free',
  'premium',
  'shared_cost',
  'voip',
  'personal',
  'pager',
  'company',
  'voicemail',
  'satellite',
  'international',
  'unassigned',
  'unreadable',
] as const;
export type OutsideType = (typeof OUTSIDE_TYPES)[number];

const TEXT = Type.String({ minLength: 1, maxLength: 64, description: 'a text of up to 64 characters' });

function list<Items extends TSchema>(description: string, items: Items) {
  return Type.Array(items, { maxItems: 300, description });
}

const bound = (description: string) => orNull(Type.Integer({ minimum: 1, maximum: 1_000_000, description }));

const COUNTRY = Type.String({ pattern: '^[A-Za-z]{2}$', description: 'two letters of ISO 3166, such as DE' });
const PATTERN =
  'numbers, or digits with x for any one digit and * at the end for the rest, such as 2xx or +49*';

/** What an account's calls may be: `docs/policy.md`. */
export const Policy = Type.Object({
  home_country: orNull(
    Type.String({
      pattern: '^[A-Za-z]{2}$',
      description: 'The country whose national numbers are dialled, in two letters of ISO 3166, such as DE',
    }),
  ),
  outside_prefixes: list(
    'What is dialled before an outside number, such as 9 or 0',
    Type.String({ pattern: '^[0-9]{1,4}$', description: 'one to four digits' }),
  ),
  extension_digits: Type.Integer({
    minimum: 0,
    maximum: 12,
    description: 'Numbers of up to so many digits are extensions, where `extensions` names none',
  }),
  extensions: list(`What is an extension, and nothing else is: ${PATTERN}`, TEXT),
  emergency: Type.Enum(['allow', 'refuse'], {
    description: '`allow`: nothing in the policy stops a call to an emergency number',
  }),
  emergency_numbers: list(
    'What is dialled for help',
    Type.String({ pattern: '^[0-9]{2,6}$', description: 'two to six digits' }),
  ),
  types_refused: list('Types of numbers that are refused', Type.Enum([...OUTSIDE_TYPES])),
  countries_allowed: list('Countries that may be called; empty: all', COUNTRY),
  countries_denied: list('Countries that may not be called', COUNTRY),
  numbers_allowed: list(`Allowed whatever their type and country: ${PATTERN}`, TEXT),
  numbers_denied: list(`Refused, where no more exact pattern allows them: ${PATTERN}`, TEXT),
  hours: list('When outside numbers may be called, such as Mon-Fri 08:00-18:00; empty: always', TEXT),
  time_zone: orNull(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Where `hours` are meant, such as Europe/Berlin; null: UTC',
    }),
  ),
  dial_as: list('Who may dial as whom, such as 2xx as 201; empty: anybody as anybody', TEXT),
  calls_per_minute: bound('Calls of the account within a minute; null: any number'),
  calls_at_once: bound('Calls of the account at the same time; null: any number'),
  number_calls_per_minute: bound('Calls to one outside number within a minute; null: any number'),
  number_calls_at_once: bound('Calls to one outside number at the same time; null: any number'),
  freeze_keys: Type.Boolean({
    description: 'Whether a key freezes itself when its calls look like those of a thief',
  }),
});
export type Policy = Static<typeof Policy>;

/** As a request gives it: what is left out is as it is for a new account. */
const GivenPolicy = Type.Partial(Policy, { additionalProperties: false });

export const READ_POLICY = {
  id: 'readPolicy',
  summary: 'What calls may be made',
  answers: { 200: { says: "The account's dial policy.", body: Policy } },
} as const satisfies Operation;

export const SET_POLICY = {
  id: 'setPolicy',
  summary: 'Set what calls may be made',
  says: 'The whole policy: what is left out is as it is for a new account. It counts for the next call.',
  body: GivenPolicy,
  answers: { 200: { says: 'The policy as it is now.', body: Policy } },
  errors: ['body_invalid', 'body_too_large', 'media_type_unsupported', 'parameter_invalid'],
} as const satisfies Operation;
