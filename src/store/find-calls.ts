import { isOver } from '../calls/life.ts';
import { idTimeBound } from '../kit/ids.ts';
import type { CallQuery, CallRecord } from '../switchboard/ports.ts';
import { callOf } from './rows.ts';
import type { FindName, FindValues } from './statements/find-calls.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { toOptionalText } from './text.ts';

/** An id is made a moment after the time at which its call was asked for, on a clock that may be set in between. */
const SLACK_MICROS = 60_000_000;

/**
 * Looks for calls. Ids have the order of time, so a span of time is a span of ids: no index by time is needed beside the
 * others, and every index gives its calls newest first.
 */
export function findCalls(
  read: Reader,
  statement: ReadStatements['findCalls'],
): (query: CallQuery) => Promise<CallRecord[]> {
  return async ({ tenantId, filter, afterId, limit }) => {
    const { fromMicros, toMicros, state } = filter;
    const isFinal = state !== undefined && isOver({ state });
    const values: { readonly [Name in FindName]: FindValues[Name] | undefined } = {
      liveState: isFinal ? undefined : filter.state,
      finalState: isFinal ? filter.state : undefined,
      disposition: filter.disposition,
      pbxName: given(filter.pbxName),
      reference: given(filter.reference),
      first: given(filter.first),
      second: given(filter.second),
      before: afterId,
      after: fromMicros === undefined ? undefined : idTimeBound(fromMicros - SLACK_MICROS),
      until: toMicros === undefined ? undefined : idTimeBound(toMicros + SLACK_MICROS),
      askedFrom: fromMicros,
      askedTo: toMicros,
    };
    const names = (Object.keys(values) as FindName[]).filter((name) => values[name] !== undefined);
    // What is undefined is not among the names, and so not looked at.
    const asked = { tenantId, limit, ...values } as FindValues;
    return (await read(statement(names)(asked))).map(callOf);
  };
}

function given(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (toOptionalText(text) ?? undefined);
}
