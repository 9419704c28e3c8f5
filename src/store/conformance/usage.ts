import { describe, expect, it } from 'vitest';
import { NEW_LIFE, type CallLife } from '../../calls/life.ts';
import { NO_WAIT, waitClassOf } from '../../usage/wait-class.ts';
import type { Store } from '../open-store.ts';
import type { Bench } from './describe-store.ts';
import { call, newTenant, NOON, opening, SECOND, step } from './samples.ts';

const HOUR = Math.floor(NOON / 3_600_000_000);
const DAY = HOUR - (HOUR % 24);
const BUSY = { ...NEW_LIFE, state: 'ended', disposition: 'busy', endedAt: NOON + SECOND } as const;

function talked(waited: number, seconds: number, at = NOON): CallLife {
  const connectedAt = at + waited;
  const endedAt = connectedAt + seconds * SECOND;
  return { ...NEW_LIFE, state: 'ended', disposition: 'answered', connectedAt, endedAt };
}

/** Opens a call and ends it. */
async function make(store: Store, tenantId: string, life: CallLife, askedAtMicros = NOON): Promise<void> {
  const opened = opening(tenantId, { call: call(tenantId, { askedAtMicros }) });
  await store.journal.open(opened);
  await store.journal.advance(step(opened.call, 1, { life }));
}

export function describeUsage({ stores }: Bench): void {
  describe('usage', () => {
    it('counts each call once, when it ends, alike ones together', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      await Promise.all([
        make(store, tenantId, talked(4 * SECOND, 60)),
        make(other, tenantId, talked(4 * SECOND, 30)),
        make(other, tenantId, BUSY),
        make(store, await newTenant(store), BUSY),
      ]);
      const going = opening(tenantId);
      await store.journal.open(going);
      await store.journal.advance(step(going.call, 1));
      const counts = await other.usage.usageOf({ tenantId, fromHour: HOUR, toHour: HOUR + 1, hours: 1 });
      const [answered, busy, ...others] = counts.toSorted((a, b) => b.calls - a.calls);
      expect(answered).toEqual({
        hour: HOUR,
        disposition: 'answered',
        waitClass: waitClassOf(4 * SECOND),
        calls: 2,
        talkMicros: 90 * SECOND,
      });
      expect(busy).toMatchObject({ disposition: 'busy', waitClass: NO_WAIT, calls: 1, talkMicros: 0 });
      expect(others).toEqual([]);
    });

    it('counts nothing of a step that came too late, of a refusal, and of a talk whose end was only found', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      await store.journal.refuse({ call: call(tenantId, { outcome: 'refused', life: BUSY }), entries: [] });
      const opened = opening(tenantId);
      await store.journal.open(opened);
      const end = step(opened.call, 1, { life: { ...talked(SECOND, 60), isFound: true } });
      await store.journal.advance({ ...end, entries: opened.entries });
      expect(await store.journal.advance(end)).toBeUndefined();
      const counts = await store.usage.usageOf({ tenantId, fromHour: HOUR, toHour: HOUR + 1, hours: 1 });
      expect(counts).toMatchObject([{ disposition: 'answered', calls: 1, talkMicros: 0 }]);
    });

    it('gives the hours of a time, or its days', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const hours = [DAY, DAY + 23, DAY + 24, DAY + 48];
      for (const hour of hours) await make(store, tenantId, BUSY, hour * 3_600_000_000);
      const counted = async (span: { hours: 1 | 24 }) =>
        (await store.usage.usageOf({ tenantId, fromHour: DAY, toHour: DAY + 48, ...span })).map(
          ({ hour, calls }) => [hour - DAY, calls],
        );
      expect(await counted({ hours: 1 })).toEqual([
        [0, 1],
        [23, 1],
        [24, 1],
      ]);
      expect(await counted({ hours: 24 })).toEqual([
        [0, 2],
        [24, 1],
      ]);
    });
  });
}
