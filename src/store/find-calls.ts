import { isOver } from '../calls/life.ts';
import { idTimeBound } from '../kit/ids.ts';
import type { CallPage, CallQuery } from '../switchboard/ports.ts';
import { callOf } from './rows.ts';
import type { FindName, FindValues } from './statements/find-calls.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { toText } from './text.ts';

/** An id is made a moment after the time at which its call was asked for, on a clock that may be set in between. */
const SLACK_MICROS = 10_000_000;

/**
 * Looks for calls. Ids have the order of time, so a span of time is a span of ids: no index by time is needed beside the
 * others, and every index gives its calls newest first.
 */
export function findCalls(
  read: Reader,
  statements: ReadStatements['findCalls'],
): (query: CallQuery) => Promise<CallPage> {
  return async (query) => {
    const { limit } = query;
    const by = findBy(query);
    const { find, lastLookedAt } = statements(Object.keys(by) as FindName[]);
    // What is not asked for is not looked at. One more than asked for tells whether there are more.
    const values = { ...by, tenantId: query.tenantId, limit: limit + 1 } as FindValues;
    const found = (await read(find(values))).map(callOf);
    if (found.length > limit) {
      const calls = found.slice(0, limit);
      return { calls, next: calls.at(-1)?.id };
    }
    const [last] = lastLookedAt === undefined ? [] : await read(lastLookedAt(values));
    return { calls: found, next: last?.id };
  };
}

function findBy({ filter, afterId }: CallQuery): Partial<FindValues> {
  const { state, disposition, pbxName, reference, first, second, fromMicros, toMicros } = filter;
  return {
    ...(state !== undefined && (isOver({ state }) ? { finalState: state } : { liveState: state })),
    ...(disposition !== undefined && { disposition }),
    ...(pbxName !== undefined && { pbxName: toText(pbxName) }),
    ...(reference !== undefined && { reference: toText(reference) }),
    ...(first !== undefined && { first: toText(first) }),
    ...(second !== undefined && { second: toText(second) }),
    ...(afterId !== undefined && { before: afterId }),
    ...(fromMicros !== undefined && { askedFrom: fromMicros, after: idTimeBound(fromMicros - SLACK_MICROS) }),
    ...(toMicros !== undefined && { askedTo: toMicros, until: idTimeBound(toMicros + SLACK_MICROS) }),
  };
}
