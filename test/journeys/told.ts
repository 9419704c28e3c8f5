import type { CallEvent } from '../../contract/v3/event.ts';
import type { CallRecord } from '../../src/switchboard/ports.ts';
import type { GatewayProcess } from './gateway.ts';

/** All calls in a service's journal. */
export async function everyCall(gateway: GatewayProcess): Promise<CallRecord[]> {
  const ids = gateway.callIds();
  return gateway.look(async (journal) => {
    const calls = await Promise.all(ids.map((id) => journal.callById(id)));
    return calls.filter((call) => call !== undefined);
  });
}

/** Calls of whose events a receiver, that had these in this order, lacks one, or had a later one before an earlier one. */
export function unheard(events: readonly CallEvent[], calls: readonly CallRecord[]): string[] {
  const heard = new Map<string, Set<number>>();
  for (const { call, number } of events) {
    const numbers = heard.get(call.id) ?? new Set();
    heard.set(call.id, numbers.add(number));
  }
  return calls.flatMap(({ id, life }) => {
    // In the order of their first coming, since a set keeps it.
    const numbers = [...(heard.get(id) ?? [])];
    const told = Array.from({ length: life.told }, (_, index) => index + 1);
    return numbers.join() === told.join() ? [] : [`${id}: ${numbers.join()} of ${told.join()}`];
  });
}
