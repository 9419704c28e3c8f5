import type { LIST_CALLS } from '../../../../contract/v3/calls.ts';
import { readNumber } from '../../../calls/number.ts';
import { presentCall } from '../../../calls/present-call.ts';
import { microsOf } from '../../../kit/clock.ts';
import { cursorOf, placeOf } from '../page.ts';
import { Problem } from '../problem.ts';
import type { Handler } from '../route.ts';

const CALL_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const listCalls: Handler<typeof LIST_CALLS> = async ({ principal, query }, { journal }) => {
  const { limit = 50, state, disposition, pbx, reference, from, to } = query;
  const { calls, next } = await journal.callsOf({
    tenantId: principal.tenantId,
    filter: {
      state,
      disposition,
      pbxName: pbx,
      reference,
      first: dialled('dial_first', query.dial_first),
      second: dialled('dial_second', query.dial_second),
      fromMicros: microsOf(from ?? ''),
      toMicros: microsOf(to ?? ''),
    },
    afterId: placeOf(query.cursor, CALL_ID),
    limit,
  });
  const items = calls.map((call) => presentCall(call, call.life));
  return { status: 200, body: { items, next: next === undefined ? null : cursorOf(next) } };
};

/** Calls are found by what was dialled, however the number is written. @throws Problem */
function dialled(field: string, typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const reading = readNumber(typed, true);
  if (reading.ok) return reading.dial;
  const detail = `${field} ${reading.problem}.`;
  throw new Problem('parameter_invalid', detail, { errors: [{ field, code: 'parameter_invalid', detail }] });
}
