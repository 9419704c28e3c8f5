import { describe, expect, it } from 'vitest';
import { newToken } from '../../kit/ids.ts';
import type { Opening } from '../../switchboard/ports.ts';
import type { Bench } from './describe-store.ts';
import { call, newTenant, NOON, opening, SECOND, sha256 } from './samples.ts';

const WINDOW = 5 * SECOND;
/** Of 64 clicks each: enough that the pruning has gone round all of this suite. */
const ROUNDS = 16;

function click(tenantId: string, fingerprint: string, askedAtMicros: number): Opening {
  const guard = { fingerprint, windowMicros: WINDOW };
  return opening(tenantId, { call: call(tenantId, { askedAtMicros }), guard });
}

export function describeClickGuard({ stores }: Bench): void {
  describe('double-click guard', () => {
    it('gives the first call for the same click within the window, and writes nothing', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const fingerprint = sha256(newToken(9));
      const first = click(tenantId, fingerprint, NOON);
      const again = click(tenantId, fingerprint, NOON + WINDOW - 1);
      expect(await store.journal.open(first)).toEqual({ repeatOf: undefined });
      expect(await store.journal.open(again)).toEqual({ repeatOf: first.call.id });
      expect(await store.journal.callById(again.call.id)).toBeUndefined();
      expect(await store.journal.entriesOf(again.call.id)).toEqual([]);
    });

    it('lets the click pass when its window is over, counted from the call that was made', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const fingerprint = sha256(newToken(9));
      await store.journal.open(click(tenantId, fingerprint, NOON));
      // A repeat doesn't prolong the window.
      await store.journal.open(click(tenantId, fingerprint, NOON + WINDOW - 1));
      const second = click(tenantId, fingerprint, NOON + WINDOW);
      expect(await store.journal.open(second)).toEqual({ repeatOf: undefined });
      const again = click(tenantId, fingerprint, NOON + WINDOW + 1);
      expect(await store.journal.open(again)).toEqual({ repeatOf: second.call.id });
    });

    it('holds off no other click', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      for (const fingerprint of [sha256(newToken(9)), sha256(newToken(9))]) {
        expect(await store.journal.open(click(tenantId, fingerprint, NOON))).toEqual({ repeatOf: undefined });
      }
    });

    it('silences nothing for long after a clock was set back', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const fingerprint = sha256(newToken(9));
      await store.journal.open(click(tenantId, fingerprint, NOON));
      const early = click(tenantId, fingerprint, NOON - 3600 * SECOND);
      expect(await store.journal.open(early)).toEqual({ repeatOf: undefined });
    });

    it('opens one call for the same click at the same instant, in one process and in two', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      for (let round = 0; round < 20; round += 1) {
        const fingerprint = sha256(newToken(9));
        const clicks = Array.from({ length: 8 }, () => click(tenantId, fingerprint, NOON));
        const opened = await Promise.all(
          clicks.map((each, index) => (index % 2 === 0 ? store : other).journal.open(each)),
        );
        const made = clicks.filter((_, index) => opened[index]?.repeatOf === undefined);
        expect(made).toHaveLength(1);
        const repeats = opened.filter(({ repeatOf }) => repeatOf !== undefined);
        expect(new Set(repeats.map(({ repeatOf }) => repeatOf))).toEqual(new Set([made[0]?.call.id]));
      }
    });

    it('stands the same clicks in opposite orders from two processes', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      for (let round = 0; round < 5; round += 1) {
        const fingerprints = Array.from({ length: 30 }, () => sha256(newToken(9)));
        const forth = fingerprints.map((each) => store.journal.open(click(tenantId, each, NOON)));
        const back = fingerprints.toReversed().map((each) => other.journal.open(click(tenantId, each, NOON)));
        const opened = await Promise.all([...forth, ...back]);
        expect(opened.filter(({ repeatOf }) => repeatOf === undefined)).toHaveLength(30);
      }
    });

    it('takes no click where the call could not be opened', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const fingerprint = sha256(newToken(9));
      await expect(store.journal.open(click('no-such-account', fingerprint, NOON))).rejects.toMatchObject({
        fault: 'rejected',
      });
      expect(await store.journal.open(click(tenantId, fingerprint, NOON))).toEqual({ repeatOf: undefined });
    });

    it('keeps each click for its own window, a long one among many short ones', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const windowMicros = 24 * 3600 * SECOND;
      const key = { ...click(tenantId, '', NOON), guard: { fingerprint: sha256(newToken(9)), windowMicros } };
      const short = Array.from({ length: 100 }, () => click(tenantId, sha256(newToken(9)), NOON));
      await Promise.all([key, ...short].map((each) => store.journal.open(each)));
      const later = NOON + 3600 * SECOND;
      for (let round = 0; round < ROUNDS; round += 1) {
        const more = Array.from({ length: 64 }, () => click(tenantId, sha256(newToken(9)), later));
        await Promise.all(more.map((each) => store.journal.open(each)));
      }
      const askAgain = (each: Opening) => {
        const fingerprint = each.guard?.fingerprint ?? '';
        return store.journal.open({ ...click(tenantId, '', later), guard: { fingerprint, windowMicros } });
      };
      expect(await askAgain(key)).toEqual({ repeatOf: key.call.id });
      const remembered = (await Promise.all(short.map(askAgain))).filter(
        ({ repeatOf }) => repeatOf !== undefined,
      );
      expect(remembered).toEqual([]);
    });

    it('forgets old clicks and never one within its window', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const recent = sha256(newToken(9));
      const later = NOON + 3600 * SECOND;
      const old = Array.from({ length: 100 }, () => click(tenantId, sha256(newToken(9)), NOON));
      await Promise.all(old.map((each) => store.journal.open(each)));
      const kept = click(tenantId, recent, later);
      await store.journal.open(kept);
      // Enough of them that the pruning has gone round.
      for (let round = 0; round < ROUNDS; round += 1) {
        const more = Array.from({ length: 64 }, () => click(tenantId, sha256(newToken(9)), later));
        await Promise.all(more.map((each) => store.journal.open(each)));
      }
      expect(await store.journal.open(click(tenantId, recent, later + 1))).toEqual({
        repeatOf: kept.call.id,
      });
      // A window that reaches back to the old clicks shows that they are gone.
      const guards = old.map(({ guard }) => ({
        fingerprint: guard?.fingerprint ?? '',
        windowMicros: 7200 * SECOND,
      }));
      const asked = guards.map((guard) => store.journal.open({ ...click(tenantId, '', later), guard }));
      const remembered = (await Promise.all(asked)).filter(({ repeatOf }) => repeatOf !== undefined);
      expect(remembered).toEqual([]);
    });
  });
}
