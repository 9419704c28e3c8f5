/*
 * Measures what the product promises, and prints one table. `npm run bench -- 4` runs the fourth figure alone; `--write`
 * puts the table into bench/README.md; `--rounds 9` and `--profile <folder>` are for work on one thing.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { againstBareHttp } from './figures/against-bare-http.ts';
import { againstLoginEach } from './figures/against-login-each.ts';
import { againstPooled } from './figures/against-pooled.ts';
import { asteriskAri } from './figures/asterisk-ari.ts';
import { freeswitch } from './figures/freeswitch.ts';
import { http } from './figures/http.ts';
import { idleConnections } from './figures/idle-connections.ts';
import { longJournal } from './figures/long-journal.ts';
import { longList } from './figures/long-list.ts';
import { oneClick } from './figures/one-click.ts';
import { consoleStart } from './figures/console-start.ts';
import { eventStreams } from './figures/event-streams.ts';
import { startAndMemory } from './figures/start-and-memory.ts';
import { switchvox } from './figures/switchvox.ts';
import { tracking } from './figures/tracking.ts';
import { webhooks } from './figures/webhooks.ts';
import { Bench, type Figure } from './kit/bench.ts';
import { machineFacts } from './kit/machine-facts.ts';
import type { Row } from './kit/row.ts';
import { table } from './kit/table.ts';
import { writeReadme } from './kit/write-readme.ts';

const FIGURES: readonly Figure[] = [
  againstPooled,
  againstLoginEach,
  oneClick,
  againstBareHttp,
  startAndMemory,
  longJournal,
  switchvox,
  freeswitch,
  http,
  asteriskAri,
  idleConnections,
  eventStreams,
  tracking,
  webhooks,
  longList,
  consoleStart,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    profile: { type: 'string' },
  },
});
const chosen = positionals.length === 0 ? FIGURES.keys().map((index) => index + 1) : positionals.map(Number);

const rows: Row[] = [];
{
  await using bench = new Bench(await benchOptions());
  for (const number of chosen) {
    const figure = FIGURES[number - 1];
    if (figure === undefined)
      throw new RangeError(`There is no figure ${number}; there are 1 to ${FIGURES.length}.`);
    const began = performance.now();
    rows.push(...(await figure(bench)));
    console.error(`figure ${number}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
}
const printed = `${table(rows)}\n\n${machineFacts()}`;
console.log(printed);
if (values.write) await writeReadme(printed);

async function benchOptions() {
  const rounds = Number(values.rounds);
  if (values.profile === undefined) return { rounds };
  const profileInto = resolve(values.profile);
  await mkdir(profileInto, { recursive: true });
  return { rounds, profileInto };
}
