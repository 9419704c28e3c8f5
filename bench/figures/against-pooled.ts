import type { Figure } from '../kit/bench.ts';
import { comparePaces } from '../kit/pace.ts';
import { atLeast, ratioRow } from '../kit/row.ts';

/** Bounded, since Asterisk takes orders faster than it can make calls of them. */
const COUNT = 1500;

/** How much of an Asterisk's own pace is left when we stand before it. */
export const againstPooled: Figure = async (bench) => {
  const { taken, over } = await comparePaces(bench, 'pooled', COUNT);
  const other = 'one raw AMI connection';
  return [
    ratioRow('1. orders taken/s, 16 at a time, real Asterisk', taken, '/s', atLeast(0.85), other),
    ratioRow('   calls made/s of the same orders, to their end', over, '/s', atLeast(0.85), other),
  ];
};
