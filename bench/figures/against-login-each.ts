import type { Figure } from '../kit/bench.ts';
import { comparePaces } from '../kit/pace.ts';
import { atLeast, ratioRow } from '../kit/row.ts';

const COUNT = 600;

/** What we are for somebody who has a script now. */
export const againstLoginEach: Figure = async (bench) => {
  const { taken } = await comparePaces(bench, 'each', COUNT);
  return [
    ratioRow(
      '2. orders taken/s, 16 at a time, real Asterisk',
      taken,
      '/s',
      atLeast(3),
      'a script that logs in for each',
    ),
  ];
};
