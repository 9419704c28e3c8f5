import type { Static } from 'typebox';
import type { EXPORT_CALLS } from '../../../../contract/v3/calls.ts';
import { readNumber } from '../../../calls/number.ts';
import { microsOf } from '../../../kit/clock.ts';
import type { CallFilter, CallQuery } from '../../../switchboard/ports.ts';
import { Problem } from '../problem.ts';

/** Which calls a query asks for. @throws Problem */
export function callFilter(
  query: Static<(typeof EXPORT_CALLS)['query']>,
): Pick<CallQuery, 'filter' | 'either'> {
  const { state, disposition, pbx, key, reference, search, from, to } = query;
  return {
    filter: {
      state,
      disposition,
      pbxName: pbx,
      keyId: key?.toLowerCase(),
      reference,
      first: dialled('dial_first', query.dial_first),
      second: dialled('dial_second', query.dial_second),
      fromMicros: microsOf(from ?? ''),
      toMicros: microsOf(to ?? ''),
    },
    ...(search !== undefined && { either: ways(search) }),
  };
}

/** What may be a number is looked for as one, on either side; whatever it is may be a reference. */
function ways(search: string): CallFilter[] {
  const text = search.trim();
  const reading = readNumber(text, true);
  const numbers = reading.ok ? [{ first: reading.dial }, { second: reading.dial }] : [];
  return [...numbers, { reference: text }];
}

/** Calls are found by what was dialled, however the number is written. @throws Problem */
function dialled(field: string, typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const reading = readNumber(typed, true);
  if (reading.ok) return reading.dial;
  const detail = `${field} ${reading.problem}.`;
  throw new Problem('parameter_invalid', detail, { errors: [{ field, code: 'parameter_invalid', detail }] });
}
