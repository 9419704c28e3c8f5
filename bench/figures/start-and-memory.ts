import { join } from 'node:path';
import { makeAccount } from '../kit/account.ts';
import type { Bench, Figure } from '../kit/bench.ts';
import { click } from '../kit/clicks.ts';
import { residentMegabytes, startGateway } from '../kit/gateway.ts';
import { atMost, valueRow } from '../kit/row.ts';
import { makeRunFolder } from '../kit/run-folder.ts';

const CLICKS = 10_000;
const AT_ONCE = 16;

/** Each round is another process on another database. The first click is on a real Asterisk, the many on the stub. */
export const startAndMemory: Figure = async (bench) => {
  const rounds = [];
  for (let round = 0; round < bench.rounds; round += 1) rounds.push(await oneStart(bench));
  return [
    valueRow(
      '5. start to first answered click',
      rounds.map(({ seconds }) => seconds),
      's',
      atMost(1),
    ),
    valueRow(
      '   resident memory after 10,000 clicks',
      rounds.map(({ megabytes }) => megabytes),
      'MB',
      atMost(150),
    ),
  ];
};

async function oneStart(bench: Bench): Promise<{ seconds: number; megabytes: number }> {
  const [pbx, stub, http] = await Promise.all([bench.pbx(), bench.stub(), bench.http()]);
  await using folder = await makeRunFolder();
  const dataDir = join(folder.path, 'data');
  const { key } = await makeAccount(dataDir, [pbx.account, stub]);
  const began = performance.now();
  await using gateway = await startGateway({ dataDir, runFolder: folder.path, nodeArgs: bench.nodeArgs });
  await click(http, gateway, key, { atOnce: 1, count: 1 });
  const seconds = (performance.now() - began) / 1000;
  await click(http, gateway, key, { atOnce: AT_ONCE, count: CLICKS, pbx: stub.name });
  return { seconds, megabytes: await residentMegabytes(gateway) };
}
