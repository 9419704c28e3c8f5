import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bench } from './describe-store.ts';
import { act, call, entry, newTenant, opening, pbx } from './samples.ts';

/** NULs, quotes, surrogates without their other half, astral characters: what a hostile caller can send. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom('\0', '"', '"\\u0000"', '\ud800', '\udc00\ud800', "'; drop table call; --", '\u2028', ''),
);

const oddJson = fc.oneof(fc.jsonValue(), fc.record({ raw: oddText, data: fc.dictionary(oddText, oddText) }));

/** JSON has one zero. */
function asJson(value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return copy;
}

export function describeText({ stores }: Bench): void {
  describe('unaltered', () => {
    it('gives every JSON value and every microsecond of an entry back', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const entries = fc.array(fc.record({ atMicros: fc.maxSafeNat(), data: oddJson }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(entries, async (odd) => {
          const written = odd.map((each) => entry('received', { ...each, data: asJson(each.data) }));
          const made = opening(tenantId, { entries: written });
          await store.journal.open(made);
          expect(await store.journal.entriesOf(made.call.id)).toEqual(written);
        }),
        { numRuns: 200 },
      );
    });

    it('gives every text of a refused call back, as the caller sent it', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      await fc.assert(
        fc.asyncProperty(oddText, oddText, oddText, async (first, second, pbxName) => {
          const refused = call(tenantId, { outcome: 'refused', first, second, dialAs: first, pbxName });
          await store.journal.refuse({ call: refused, entries: [] });
          expect(await store.journal.callById(refused.id)).toEqual(refused);
        }),
        { numRuns: 200 },
      );
    });

    it('finds nothing, and fails at nothing, for any text that is asked for', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      await fc.assert(
        fc.asyncProperty(oddText, async (text) => {
          expect(await store.journal.callById(text)).toBeUndefined();
          expect(await store.journal.entriesOf(text)).toEqual([]);
          expect(await store.directory.tenantBySlug(text)).toBeUndefined();
          expect(await store.keys.keyByHash(text)).toBeUndefined();
          expect(await store.directory.removePbx(tenantId, text, act())).toBe(false);
        }),
        { numRuns: 100 },
      );
    });

    it('keeps names and settings of any text', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      await fc.assert(
        fc.asyncProperty(oddText, oddText, async (name, value) => {
          const odd = pbx(tenantId, { name, settings: { value } });
          await store.directory.addPbx(odd, act());
          expect(await store.directory.pbxsOf(tenantId)).toEqual([odd]);
          expect(await store.directory.removePbx(tenantId, name, act())).toBe(true);
        }),
        { numRuns: 100 },
      );
    });
  });
}
