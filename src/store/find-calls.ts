import { isOver } from '../calls/life.ts';
import { idTimeBound } from '../kit/ids.ts';
import type { CallFilter, CallPage, CallQuery, CallRecord } from '../switchboard/ports.ts';
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
  const findAll = async (query: CallQuery): Promise<CallPage> => {
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
  return async (query) => {
    const { either, filter, limit } = query;
    if (either === undefined) return findAll(query);
    const ways = either.flatMap((each) => bothOf(filter, each));
    return merged(await Promise.all(ways.map((way) => findAll({ ...query, filter: way }))), limit);
  };
}

/** What holds where both hold: nothing, where they ask for two values of one thing. */
function bothOf(one: CallFilter, other: CallFilter): CallFilter[] {
  const names = Object.keys(other) as (keyof CallFilter)[];
  const isApart = names.some((name) => one[name] !== undefined && one[name] !== other[name]);
  return isApart ? [] : [{ ...one, ...other }];
}

/** Each way was looked through to some call, and nobody knows what comes after it: there the page ends. */
function merged(pages: readonly CallPage[], limit: number): CallPage {
  const end = pages.flatMap(({ next }) => next ?? []).reduce(later, '');
  const all = new Map<string, CallRecord>();
  for (const { calls } of pages) for (const call of calls) if (call.id >= end) all.set(call.id, call);
  const calls = [...all.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  if (calls.length > limit) {
    const shown = calls.slice(0, limit);
    return { calls: shown, next: shown.at(-1)?.id };
  }
  return { calls, next: end === '' ? undefined : end };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function findBy({ filter, afterId }: CallQuery): Partial<FindValues> {
  const { state, disposition, pbxName, keyId, reference, first, second, fromMicros, toMicros } = filter;
  return {
    ...(state !== undefined && (isOver({ state }) ? { finalState: state } : { liveState: state })),
    ...(disposition !== undefined && { disposition }),
    ...(pbxName !== undefined && { pbxName: toText(pbxName) }),
    ...(keyId !== undefined && { keyId: toText(keyId) }),
    ...(reference !== undefined && { reference: toText(reference) }),
    ...(first !== undefined && { first: toText(first) }),
    ...(second !== undefined && { second: toText(second) }),
    ...(afterId !== undefined && { before: afterId }),
    ...(fromMicros !== undefined && { askedFrom: fromMicros, after: idTimeBound(fromMicros - SLACK_MICROS) }),
    ...(toMicros !== undefined && { askedTo: toMicros, until: idTimeBound(toMicros + SLACK_MICROS) }),
  };
}
