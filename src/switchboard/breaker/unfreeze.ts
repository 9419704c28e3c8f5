import type { Actor } from '../../audit/act.ts';
import { dayOf } from '../../calls/theft/habits.ts';
import type { Clock } from '../../kit/clock.ts';
import type { BreakerStore, Freeze } from './ports.ts';

/** Old enough to be a habit. */
const AGO_DAYS = 8;

/**
 * Lets a frozen key make calls again. What it froze for is vouched for by that: it is what the key is used to from now on.
 * @returns the freeze that it was; undefined where the account has no such key that is frozen
 */
export async function unfreezeKey(
  store: BreakerStore,
  clock: Clock,
  tenantId: string,
  keyId: string,
  by: Actor,
): Promise<Freeze | undefined> {
  const freeze = (await store.frozenKeys(tenantId)).find((each) => each.keyId === keyId);
  if (freeze === undefined) return undefined;
  const atMicros = clock.nowMicros();
  const day = dayOf(atMicros) - AGO_DAYS;
  const learnt = freeze.counts.map(([name, calls]) => ({ keyId, day, name, calls }));
  const detail = { reason: freeze.reason };
  const act = { log: tenantId, atMicros, by, action: 'key.unfreeze', subject: keyId, detail } as const;
  return (await store.unfreeze(tenantId, keyId, learnt, act)) ? freeze : undefined;
}
