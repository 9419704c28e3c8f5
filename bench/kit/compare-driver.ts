import type { BenchPbx } from './account.ts';
import type { Bench } from './bench.ts';
import { click, type Numbers } from './clicks.ts';
import { perSecond, type LoadResult } from './load.ts';
import { alternate } from './rounds.ts';
import { ratioRow, type Row, type Target } from './row.ts';
import { median } from './stats.ts';

/** A PBX that can be asked through us and without us. */
export interface Contender {
  readonly pbx: BenchPbx;
  readonly numbers: Numbers;
  /** The same calls ordered straight from the PBX. */
  readonly direct: (atOnce: number, count: number) => Promise<LoadResult>;
  /** Resolves when no call is left. Left out where calls are over at once. */
  readonly drain?: () => Promise<void>;
}

interface Labels {
  /** What stands before the first row: its number and the driver. */
  readonly title: string;
  readonly other: string;
  /** For the orders taken a second. */
  readonly target?: Target;
  /** Orders of a round, 16 at a time and alone. */
  readonly counts: readonly [many: number, alone: number];
}

const AT_ONCE = 16;

interface Measured {
  readonly taken: number;
  readonly over: number;
  readonly alone: number;
}

/** Orders through us against the same orders straight to the same PBX. */
export async function compareDriver(bench: Bench, contender: Contender, labels: Labels): Promise<Row[]> {
  const { pbx, numbers } = contender;
  const http = await bench.http();
  await using subject = await bench.subject([pbx], numbers);
  const ours = (atOnce: number, count: number) =>
    click(http, subject.gateway, subject.key, { atOnce, count, pbx: pbx.name, numbers });
  const rounds = await alternate(
    bench.rounds,
    () => measure(ours, contender, labels),
    () => measure((...load) => contender.direct(...load), contender, labels),
  );
  const told = (what: keyof Measured) => ({
    ours: rounds.ours.map((each) => each[what]),
    other: rounds.other.map((each) => each[what]),
  });
  const { title, other, target } = labels;
  const over = ratioRow(
    '   calls made/s of the same orders, to their end',
    told('over'),
    '/s',
    undefined,
    other,
  );
  return [
    ratioRow(`${title}: orders taken/s, 16 at a time`, told('taken'), '/s', target, other),
    ...(contender.drain === undefined ? [] : [over]),
    ratioRow('   p50 of an order, one at a time', told('alone'), 'ms', undefined, other),
  ];
}

async function measure(
  load: Contender['direct'],
  { drain }: Contender,
  { counts: [many, alone] }: Labels,
): Promise<Measured> {
  const began = performance.now();
  const result = await load(AT_ONCE, many);
  await drain?.();
  const over = many / ((performance.now() - began) / 1000);
  const { latencies } = await load(1, alone);
  await drain?.();
  return { taken: perSecond(result), over, alone: median(latencies) };
}
