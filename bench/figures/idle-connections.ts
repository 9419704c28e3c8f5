import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Figure } from '../kit/bench.ts';
import type { HttpLoad } from '../kit/clicks.ts';
import { residentMegabytes, startGateway, type Gateway } from '../kit/gateway.ts';
import type { CutText } from '../kit/load.ts';
import { makeManyPbxs } from '../kit/many-pbxs.ts';
import { alternate } from '../kit/rounds.ts';
import { atLeast, atMost, valueRow, type Row } from '../kit/row.ts';
import { makeRunFolder } from '../kit/run-folder.ts';
import { startWorker } from '../kit/worker.ts';
import type { StubState } from '../processes/ami-stub.ts';

const MANY = 1_000;
const ALL = 10_000;
const PBXS_OF_EACH = 100;
const AT_ONCE = 16;
/** For what a click leaves behind to be over: neither side is measured in the middle of it. */
const REST_MS = 500;

/** What the sessions cost that nobody uses just now, and that there may be ten thousand of them. */
export const idleConnections: Figure = async (bench) => {
  await using stack = new AsyncDisposableStack();
  const stub = stack.use(await startWorker<object, StubState>('ami-stub'));
  const { path } = stack.use(await makeRunFolder());
  const { port } = await stub.run({});
  const size = { accounts: ALL / PBXS_OF_EACH, pbxsOfEach: PBXS_OF_EACH };
  const clicks = await makeManyPbxs(join(path, 'data'), port, size);
  const stage: Stage = { bench, http: await bench.http(), path, clicks, state: () => stub.run({}) };
  return [await memoryRow(stage), await heldRow(stage)];
};

interface Stage {
  readonly bench: Bench;
  readonly http: HttpLoad;
  readonly path: string;
  /** One on each PBX. */
  readonly clicks: readonly CutText[];
  readonly state: () => Promise<StubState>;
}

/**
 * Two new processes on the same database take as many clicks of the same accounts: one on a PBX each, the other on one
 * PBX of each account. What the one has more of memory, it has for the sessions.
 */
async function memoryRow(stage: Stage): Promise<Row> {
  const each = stage.clicks.slice(0, MANY);
  const few = each.map((_, at) => each[at - (at % PBXS_OF_EACH)] ?? []);
  const { ours, other } = await alternate(
    stage.bench.rounds,
    () => megabytesAfter(stage, each),
    () => megabytesAfter(stage, few),
  );
  const sessions = MANY - MANY / PBXS_OF_EACH;
  const kilobytes = ours.map((megabytes, round) => ((megabytes - (other[round] ?? NaN)) * 1000) / sessions);
  return valueRow('11. resident memory of an idle PBX connection, of 1,000', kilobytes, 'kB', atMost(50));
}

async function megabytesAfter(stage: Stage, clicks: readonly CutText[]): Promise<number> {
  await using gateway = await start(stage);
  await clickOn(stage, gateway, clicks);
  const { held } = await stage.state();
  const wanted = new Set(clicks).size;
  if (held !== wanted) throw new Error(`The stub holds ${held} connections instead of ${wanted}.`);
  await sleep(REST_MS);
  return residentMegabytes(gateway);
}

/** Held is what is still the first connection of its PBX when all have been clicked on once more. */
async function heldRow(stage: Stage): Promise<Row> {
  await using gateway = await start(stage);
  const before = await residentMegabytes(gateway);
  const { logins } = await stage.state();
  const failed = await failureOf(clickOn(stage, gateway, stage.clicks));
  const after = await residentMegabytes(gateway);
  if (failed === '') await clickOn(stage, gateway, stage.clicks);
  const state = await stage.state();
  const reopened = state.logins - logins - state.held;
  const kilobytes = ((after - before) * 1000) / state.held;
  const facts = `${after.toFixed(0)} MB, ${kilobytes.toFixed(0)} kB each with all else that the clicks left`;
  console.error(`   ${state.held} connections held, ${reopened} of them reopened; ${facts}`);
  const limit = failed === '' ? '' : `, at this machine's limit: ${failed}`;
  return valueRow(
    `   PBX connections held by one process${limit}`,
    [state.held - reopened],
    '',
    atLeast(ALL),
  );
}

/** What the click said that failed, in short; empty: none did. */
async function failureOf(work: Promise<void>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return /EMFILE|ENFILE|EADDRNOTAVAIL/.exec(text)?.[0] ?? 'a click failed';
  }
}

function start({ bench, path }: Stage): Promise<Gateway> {
  return startGateway({ dataDir: join(path, 'data'), runFolder: path, nodeArgs: bench.nodeArgs });
}

async function clickOn({ http }: Stage, { port }: Gateway, requests: readonly CutText[]): Promise<void> {
  const expect = '"status":"success"';
  await http.run({ port, requests, connections: AT_ONCE, count: requests.length, expect });
}
