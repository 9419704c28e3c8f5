import { describe, expect, it } from 'vitest';
import { GroupWriter } from './group-writer.ts';
import type { Outcome } from './group-writer.ts';
import type { Op } from './op.ts';
import { StoreError } from './store-error.ts';

function op(n: number): Op {
  return ['keyUsed', 'key', n, 0];
}

/** A committer whose batches end when the test says so. */
function manualCommitter() {
  const batches: { readonly ops: readonly Op[]; readonly end: (outcomes: Outcome[] | Error) => void }[] = [];
  let closed = 0;
  const commit = (ops: readonly Op[]) =>
    new Promise<Outcome[]>((resolve, reject) => {
      batches.push({ ops, end: (result) => (result instanceof Error ? reject(result) : resolve(result)) });
    });
  const close = () => {
    closed += 1;
    return Promise.resolve();
  };
  return { batches, committer: { commit, close }, closed: () => closed };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('group writer', () => {
  it('takes all that came during a batch into the next one, in order, up to its limit', async () => {
    const { batches, committer } = manualCommitter();
    const writer = new GroupWriter(committer, { batch: 3, inFlight: 1 });
    const results = [1, 2, 3, 4, 5].map((n) => writer.submit(op(n)));
    await turn();
    expect(batches.map(({ ops }) => ops)).toEqual([[op(1), op(2), op(3)]]);
    results.push(writer.submit(op(6)));
    batches[0]?.end([true, true, true]);
    await turn();
    expect(batches[1]?.ops).toEqual([op(4), op(5), op(6)]);
    batches[1]?.end([true, false, null]);
    expect(await Promise.all(results)).toEqual([true, true, true, true, false, null]);
  });

  it('fails one op alone, and a whole batch only where the committer does', async () => {
    const { batches, committer } = manualCommitter();
    const writer = new GroupWriter(committer, { batch: 2, inFlight: 2 });
    const results = Promise.allSettled([1, 2, 3, 4].map((n) => writer.submit(op(n))));
    await turn();
    batches[0]?.end([{ fault: 'rejected', message: 'no' }, true]);
    batches[1]?.end(new StoreError('unavailable', 'gone'));
    expect(await results).toMatchObject([
      { reason: { fault: 'rejected' } },
      { value: true },
      { reason: { fault: 'unavailable' } },
      { reason: { fault: 'unavailable' } },
    ]);
  });

  it('closes the committer once, after the last batch', async () => {
    const { batches, committer, closed } = manualCommitter();
    const writer = new GroupWriter(committer, { batch: 1, inFlight: 1 });
    const results = [writer.submit(op(1)), writer.submit(op(2))];
    const closing = [writer.close(), writer.close()];
    await expect(writer.submit(op(3))).rejects.toMatchObject({ fault: 'closed' });
    await turn();
    batches[0]?.end([true]);
    await turn();
    expect(closed()).toBe(0);
    batches[1]?.end([true]);
    await Promise.all([...results, ...closing]);
    expect(closed()).toBe(1);
  });
});
