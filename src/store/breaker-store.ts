import type { BreakerStore, Freeze, Learnt } from '../switchboard/breaker/ports.ts';
import { actValues } from './audit-rows.ts';
import type { GenerationCache } from './generation-cache.ts';
import type { GroupWriter } from './group-writer.ts';
import type { HabitRow, KeyFreezeRow } from './schema.ts';
import type { Columns } from './statement.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { fromText, toText } from './text.ts';

export function createBreakerStore(
  read: Reader,
  statements: ReadStatements,
  writer: GroupWriter,
  cache: GenerationCache,
): BreakerStore {
  return {
    async freezeOf(keyId) {
      const kept = await cache.get(`freeze ${keyId}`, async () => {
        const [row] = await read(statements.freezeOf({ keyId }));
        // What is not there is not kept by itself, and most keys never froze.
        return { freeze: row === undefined ? undefined : freezeOf(row) };
      });
      return kept.freeze;
    },
    async frozenKeys(tenantId) {
      return (await read(statements.frozenKeys({ tenantId }))).map(freezeOf);
    },
    async freeze(freeze, act) {
      return (await writer.submit(['freezeKey', freezeRow(freeze), actValues(act)])) === true;
    },
    async unfreeze(tenantId, keyId, learnt, act) {
      const op = [
        'unfreezeKey',
        tenantId,
        keyId,
        act.atMicros,
        learnt.map(habitRow),
        actValues(act),
      ] as const;
      return (await writer.submit(op)) === true;
    },
    async habitsOf(keyId, sinceDay) {
      const rows = await read(statements.habitsOf({ keyId, sinceDay }));
      return rows.map(
        ({ name, first_day: firstDay, last_day: lastDay, all_calls }) =>
          // PostgreSQL adds bigints up to a numeric, which comes as text.
          [name, { firstDay, lastDay, calls: Number(all_calls) }] as const,
      );
    },
    async learn(learnt) {
      // In one order, so that two processes that add to the same counts wait for each other one way round.
      const rows = learnt.map(habitRow).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      await writer.submit(['learn', rows]);
    },
    async forget(keyId, beforeDay) {
      await writer.submit(['forgetHabits', keyId, beforeDay]);
    },
  };
}

function keyOf({ key_id, day, name }: Columns<HabitRow>): string {
  return `${key_id} ${String(day).padStart(9, '0')} ${name}`;
}

function habitRow({ keyId, day, name, calls }: Learnt): Columns<HabitRow> {
  return { key_id: keyId, day, name, calls };
}

function freezeRow(freeze: Freeze): Columns<KeyFreezeRow> {
  return {
    key_id: freeze.keyId,
    tenant_id: freeze.tenantId,
    frozen_at: freeze.frozenAtMicros ?? null,
    reason: toText(freeze.reason),
    counts: JSON.stringify(freeze.counts),
    unfrozen_at: freeze.unfrozenAtMicros ?? null,
  };
}

function freezeOf(row: KeyFreezeRow): Freeze {
  return {
    keyId: row.key_id,
    tenantId: row.tenant_id,
    frozenAtMicros: row.frozen_at ?? undefined,
    reason: fromText(row.reason),
    counts: JSON.parse(row.counts) as [string, number][],
    unfrozenAtMicros: row.unfrozen_at ?? undefined,
  };
}
