import { Type, type Static } from 'typebox';
import { DISPOSITIONS } from '../call-words.ts';
import { orNull, Time, word } from './common.ts';
import type { Operation } from './operation.ts';

const SUM = {
  calls: Type.Integer({ description: 'Calls that were asked for in this time and are over.' }),
  answered: Type.Integer({ description: 'Those in which both talked.' }),
  answer_rate: orNull(Type.Number({ description: '`answered` of `calls`, 0 to 1; null without calls.' })),
  time_to_answer: orNull(
    Type.Object(
      { p50: Type.Number(), p90: Type.Number() },
      {
        description:
          'Seconds from the request until both talked, to within 5 %: half of the answered calls took no longer than `p50`, nine of ten no longer than `p90`.',
      },
    ),
  ),
  talk_seconds: Type.Number({ description: 'All of them together.' }),
  dispositions: Type.Object(
    Object.fromEntries(DISPOSITIONS.map((each) => [each, Type.Integer()])) as Record<
      (typeof DISPOSITIONS)[number],
      ReturnType<typeof Type.Integer>
    >,
    { description: 'How many came to what.' },
  ),
};

export const UsagePeriod = Type.Object({ from: Time, ...SUM });
export type UsagePeriod = Static<typeof UsagePeriod>;

export const Usage = Type.Object({
  from: Time,
  to: Time,
  by: word(['hour', 'day'], 'How long a period is.'),
  total: Type.Object(SUM),
  periods: Type.Array(UsagePeriod, { description: 'In the order of time, also those without calls.' }),
});
export type Usage = Static<typeof Usage>;

/** Days, at most. */
export const USAGE_DAYS_MAX = { hour: 31, day: 366 } as const;

const When = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));

export const READ_USAGE = {
  id: 'readUsage',
  summary: 'How many calls, and what they came to',
  says: `By hours or by days, which are those of UTC; \`from\` and \`to\` are widened to whole ones. At most ${USAGE_DAYS_MAX.hour} days by hour and ${USAGE_DAYS_MAX.day} by day. A call counts when it is over, at the time at which it was asked for. Requests that were refused before a PBX was asked are no calls.`,
  query: Type.Object(
    {
      from: When(
        'Calls asked for at this time or later; 7 days (by hour) or 30 days (by day) before to unless given',
      ),
      to: When('Calls asked for before this time; now unless given'),
      by: Type.Optional(word(['hour', 'day'], 'How long a period is; day unless given')),
    },
    { additionalProperties: false },
  ),
  answers: { 200: { says: 'The counts.', body: Usage } },
  errors: ['parameter_invalid'],
} as const satisfies Operation;
