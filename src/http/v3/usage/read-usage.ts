import { DISPOSITIONS } from '../../../../contract/call-words.ts';
import { USAGE_DAYS_MAX, type READ_USAGE } from '../../../../contract/v3/usage.ts';
import { microsOf, rfc3339 } from '../../../kit/clock.ts';
import { periodsOf, type UsageSum } from '../../../usage/periods.ts';
import { Problem } from '../problem.ts';
import type { Handler } from '../route.ts';

const HOUR_MICROS = 3_600_000_000;
const DAYS = { hour: 7, day: 30 } as const;

export const readUsage: Handler<typeof READ_USAGE> = async (ask, { usage }) => {
  const { by = 'day' } = ask.query;
  const hours = by === 'hour' ? 1 : 24;
  const to = microsOf(ask.query.to ?? '') ?? ask.askedAtMicros;
  const from = microsOf(ask.query.from ?? '') ?? to - DAYS[by] * 24 * HOUR_MICROS;
  const fromHour = Math.floor(from / HOUR_MICROS / hours) * hours;
  const toHour = Math.ceil(to / HOUR_MICROS / hours) * hours;
  if (from >= to) throw wrong('from', 'from is not before to; give an earlier one.');
  if (toHour - fromHour > (USAGE_DAYS_MAX[by] + 1) * 24)
    throw wrong('from', `from is more than ${USAGE_DAYS_MAX[by]} days before to; give a later one.`);
  const counts = await usage.usageOf({ tenantId: ask.principal.tenantId, fromHour, toHour, hours });
  const { total, periods } = periodsOf({ fromHour, toHour, hours }, counts);
  return {
    status: 200,
    body: {
      from: timeOf(fromHour),
      to: timeOf(toHour),
      by,
      total: present(total),
      periods: periods.map((period) => ({ from: timeOf(period.hour), ...present(period) })),
    },
  };
};

function timeOf(hour: number): string {
  return rfc3339(hour * HOUR_MICROS);
}

function present({ calls, answered, answerRate, timeToAnswer, talkMicros, dispositions }: UsageSum) {
  return {
    calls,
    answered,
    answer_rate: answerRate,
    time_to_answer: timeToAnswer,
    talk_seconds: talkMicros / 1_000_000,
    dispositions: Object.fromEntries(DISPOSITIONS.map((each) => [each, dispositions[each] ?? 0])),
  };
}

function wrong(field: string, detail: string): Problem {
  return new Problem('parameter_invalid', detail, { errors: [{ field, code: 'parameter_invalid', detail }] });
}
