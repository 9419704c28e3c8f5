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
  return { taken: roundsOf('taken', ours, other), over: roundsOf('over', ours, other) };
}

/** The same clicks through us, where the PBX tells what becomes of each call and where it tells nothing. */
export async function compareTold(bench: Bench, count: number): Promise<PaceRounds> {
  const [pbx, http] = await Promise.all([bench.pbx(), bench.http()]);
  await using told = await bench.subject([pbx.account]);
  await using untold = await bench.subject([pbx.untold]);
  const pace = ({ gateway, key }: typeof told) =>
    paceOf(pbx, () => click(http, gateway, key, { atOnce: AT_ONCE, count }));
  const { ours, other } = await alternate(
    bench.rounds,
    () => pace(told),
    () => pace(untold),
  );
  return { taken: roundsOf('taken', ours, other), over: roundsOf('over', ours, other) };
}

function roundsOf(way: keyof Pace, ours: readonly Pace[], other: readonly Pace[]): Rounds {
  return { ours: ours.map((pace) => pace[way]), other: other.map((pace) => pace[way]) };
}

async function paceOf(pbx: Pbx, load: () => Promise<LoadResult>): Promise<Pace> {
  const began = performance.now();
  const result = await load();
  await pbx.drain();
  return { taken: perSecond(result), over: result.latencies.length / ((performance.now() - began) / 1000) };
}
