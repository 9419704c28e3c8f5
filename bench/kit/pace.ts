import type { Bench } from './bench.ts';
import { click } from './clicks.ts';
import { perSecond, type AmiJob, type LoadResult } from './load.ts';
import type { Pbx } from './pbx.ts';
import type { Rounds } from './rounds.ts';
import { alternate } from './rounds.ts';

/** Calls a second on a real Asterisk, told in two ways. */
export interface Pace {
  /** Until the last order was taken. */
  readonly taken: number;
  /** Until the last call was over. */
  readonly over: number;
}

export interface PaceRounds {
  readonly taken: Rounds;
  readonly over: Rounds;
}

const AT_ONCE = 16;

/** Clicks through us against originates straight to the same Asterisk, as many of either, 16 at a time. */
export async function comparePaces(
  bench: Bench,
  connection: AmiJob['connection'],
  count: number,
): Promise<PaceRounds> {
  const [pbx, http, ami] = await Promise.all([bench.pbx(), bench.http(), bench.ami()]);
  await using subject = await bench.subject([pbx.account]);
  const { ours, other } = await alternate(
    bench.rounds,
    () => paceOf(pbx, () => click(http, subject.gateway, subject.key, { atOnce: AT_ONCE, count })),
    () => paceOf(pbx, () => ami.run({ ...pbx.direct, connection, atOnce: AT_ONCE, count })),
  );
  const told = (way: keyof Pace): Rounds => ({
    ours: ours.map((pace) => pace[way]),
    other: other.map((pace) => pace[way]),
  });
  return { taken: told('taken'), over: told('over') };
}

async function paceOf(pbx: Pbx, load: () => Promise<LoadResult>): Promise<Pace> {
  const began = performance.now();
  const result = await load();
  await pbx.drain();
  return { taken: perSecond(result), over: result.latencies.length / ((performance.now() - began) / 1000) };
}
