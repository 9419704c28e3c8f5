import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { failed, wrongInput } from '../failure.ts';
import { findDriver } from '../find-driver.ts';
import { readJournalFile } from '../journal-file.ts';
import { DRIVER, examples, JSON_OUT, type JsonOption } from '../options.ts';
import type { Compared } from '../replay.ts';
import { print, table, visible, type Terminal } from '../terminal.ts';

interface Options extends JsonOption {
  readonly driver?: string;
}

export function addReplay(parent: Command, terminal: Terminal): void {
  parent
    .command('replay')
    .description(
      "Feed a captured journal through its PBX's driver again, and tell whether the call comes to the same. " +
        'Nothing is called, and nothing is written.',
    )
    .argument('<file>', 'what show --json has written, or the console has copied; - for standard input')
    .option(DRIVER[0], `${DRIVER[1]} (default: the one that the file names)`)
    .option(...JSON_OUT)
    .addHelpText('after', examples('replay call.json'))
    .action((path: string, options: Options) => replayFile(terminal, path, options));
}

async function replayFile(terminal: Terminal, path: string, options: Options): Promise<void> {
  const file = readJournalFile(await readText(terminal, path));
  const id = options.driver ?? file.driver;
  if (id === undefined) throw wrongInput('FILE names no driver; give it with --driver.');
  const { replay } = await import('../replay.ts');
  const compared = replay(file, await findDriver(id));
  const differing = compared.filter(({ isSame }) => !isSame);
  print(terminal, options.json, { same: differing.length === 0, fields: compared }, textOf(compared));
  if (differing.length > 0)
    throw failed(
      ...differing.map(
        ({ field, recorded, replayed }) => `${field} was ${shown(recorded)}, and is ${shown(replayed)} now.`,
      ),
    );
}

async function readText(terminal: Terminal, path: string): Promise<string> {
  try {
    return path === '-' ? await terminal.readInput() : await readFile(path, 'utf8');
  } catch (error) {
    throw wrongInput(`FILE can not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function textOf(compared: readonly Compared[]): string {
  const rows = compared.map(({ field, recorded, replayed, isSame }) => [
    isSame ? ' ' : '≠',
    field,
    shown(recorded),
    shown(replayed),
  ]);
  const verdict = compared.every(({ isSame }) => isSame)
    ? 'The call comes to the same.'
    : 'The call comes to another end.';
  return `${table([' ', 'FIELD', 'RECORDED', 'REPLAYED'], rows)}\n\n${verdict}`;
}

function shown(value: Compared['recorded']): string {
  return value === null ? '-' : visible(String(value));
}
