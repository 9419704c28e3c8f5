import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeAccount, type BenchPbx } from '../kit/account.ts';
import type { Bench, Figure } from '../kit/bench.ts';
import { click } from '../kit/clicks.ts';
import { residentMegabytes, startGateway } from '../kit/gateway.ts';
import { perSecond } from '../kit/load.ts';
import { compareTold } from '../kit/pace.ts';
import { alternate } from '../kit/rounds.ts';
import { atLeast, atMost, ratioRow, valueRow, type Row } from '../kit/row.ts';
import { makeRunFolder } from '../kit/run-folder.ts';

const CONNECTIONS = 64;
const COUNT = 5_000;
/** Bounded, since Asterisk takes orders faster than it can make calls of them. */
const COUNT_OF_ASTERISK = 1_500;
/** Calls in progress, and as many that are over. */
const CALLS = 10_000;
/** For what a click leaves behind to be over: neither side is measured in the middle of it. */
const REST_MS = 1_000;

/** What it costs to follow calls: on a real Asterisk, then on a stub that costs nothing itself, and in memory. */
export const tracking: Figure = async (bench) => {
  const asterisk = await asteriskRows(bench);
  const life = await bench.stubThatTells('life');
  return [...asterisk, await stubRow(bench, life), await memoryRow(bench, life)];
};

async function asteriskRows(bench: Bench): Promise<Row[]> {
  const { taken, over } = await compareTold(bench, COUNT_OF_ASTERISK);
  const other = 'nothing is told';
  return [
    ratioRow('13. clicks/s, each call told whole, real Asterisk', taken, '/s', atLeast(0.9), other),
    ratioRow('    calls made/s of the same clicks, to their end', over, '/s', atLeast(0.9), other),
  ];
}

/** Calls that are told whole against those of which the end alone is told. */
async function stubRow(bench: Bench, life: BenchPbx): Promise<Row> {
  const http = await bench.http();
  await using followed = await bench.subject([life]);
  await using ended = await bench.subject([await bench.stub()]);
  const pace = async ({ gateway, key }: typeof followed) =>
    perSecond(await click(http, gateway, key, { atOnce: CONNECTIONS, count: COUNT }));
  const rounds = await alternate(
    bench.rounds,
    () => pace(followed),
    () => pace(ended),
  );
  const other = 'the end alone is told';
  return ratioRow('    clicks/s, each call told whole, a stub as PBX', rounds, '/s', atLeast(0.9), other);
}

/** Two new processes take as many clicks: the calls of the one go on, those of the other are over. */
async function memoryRow(bench: Bench, life: BenchPbx): Promise<Row> {
  const talk = await bench.stubThatTells('talk');
  const { ours, other } = await alternate(
    bench.rounds,
    () => megabytesAfter(bench, talk),
    () => megabytesAfter(bench, life),
  );
  const kilobytes = ours.map(
    (megabytes, round) => ((megabytes - (other[round] ?? Number.NaN)) * 1000) / CALLS,
  );
  return valueRow('    resident memory of a call in progress, of 10,000', kilobytes, 'kB', atMost(5));
}

async function megabytesAfter(bench: Bench, pbx: BenchPbx): Promise<number> {
  await using folder = await makeRunFolder();
  const dataDir = join(folder.path, 'data');
  const { key } = await makeAccount(dataDir, [pbx]);
  await using gateway = await startGateway({ dataDir, runFolder: folder.path, nodeArgs: bench.nodeArgs });
  await click(await bench.http(), gateway, key, { atOnce: CONNECTIONS, count: CALLS });
  await sleep(REST_MS);
  return residentMegabytes(gateway);
}
