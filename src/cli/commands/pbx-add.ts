import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { pbxDoorUrl } from '../../../contract/pbx-door.ts';
import type { Config } from '../../config/config.ts';
import { publicUrlOf } from '../../config/public-url.ts';
import type { Directory } from '../../directory/directory.ts';
import type { PbxRecord } from '../../directory/ports.ts';
import { wrongInput } from '../failure.ts';
import { DRIVER, ACCOUNT, examples, JSON_OUT, PBX_NAME, type PbxOption } from '../options.ts';
import { shownPbx } from '../shown-pbx.ts';
import { print, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends PbxOption {
  readonly driver: string;
  readonly set: readonly string[];
  readonly setFrom: readonly string[];
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export function addPbxAdd(parent: Command, terminal: Terminal): void {
  parent
    .command('add')
    .description('Add a PBX to an account. Secrets are sealed before they are stored.')
    .requiredOption(...ACCOUNT)
    .requiredOption(...PBX_NAME)
    .requiredOption(...DRIVER)
    .option('--set <name=value>', "one of the driver's settings; may be repeated", collect, [])
    .option(
      '--set-from <name=file>',
      "the same, the value out of a file (- for standard input): a secret stays out of the shell's history",
      collect,
      [],
    )
    .option(...JSON_OUT)
    .addHelpText(
      'after',
      examples(
        'pbx add --account acme --name main --driver asterisk-ami --set host=pbx.example.net --set username=click2call --set secret=…',
        'pbx add --account acme --name main --driver asterisk-ami --set host=pbx.example.net --set username=click2call --set-from secret=- < secret.txt',
        'pbx settings --driver asterisk-ami',
      ),
    )
    .action((options: Options) => pbxAdd(terminal, options));
}

async function pbxAdd(terminal: Terminal, options: Options): Promise<void> {
  const settings = await readGiven(terminal, options);
  await withParts(terminal, async ({ directory, config }) => {
    const { id: tenantId, slug } = await directory.account(options.account);
    const pbx = await directory.addPbx(tenantId, options.name, options.driver, settings);
    const next = `click2call pbx examine --account ${slug} --name ${JSON.stringify(pbx.name)}`;
    const files = filesOf(directory, pbx, config);
    print(
      terminal,
      options.json,
      { ...shownPbx(directory, pbx), ...(files === undefined ? {} : { files }) },
      `Added the PBX ${pbx.name} to ${slug}.\n${pasteThese(files)}Try it: ${next}`,
    );
  });
}

/** Of a PBX that connects to us: what its administrator pastes, shown once, since the password stands in it. */
function filesOf(
  directory: Directory,
  pbx: PbxRecord,
  config: Config,
): Readonly<Record<string, string>> | undefined {
  const key = directory.doorKeyOf(pbx);
  if (key === undefined) return undefined;
  const door = { url: pbxDoorUrl(publicUrlOf(config)), username: pbx.id, password: key };
  return directory.driverOf(pbx).files?.(directory.settingsOf(pbx), door);
}

function pasteThese(files: Readonly<Record<string, string>> | undefined): string {
  const shown = Object.entries(files ?? {}).map(([name, text]) => `\nAdd to ${name} on the PBX:\n\n${text}`);
  return shown.length === 0
    ? ''
    : `${shown.join('')}\nThey are shown this once: a password of this PBX alone is in them.\n`;
}

async function readGiven(
  terminal: Terminal,
  { set, setFrom }: Options,
): Promise<Readonly<Record<string, string>>> {
  const given = new Map<string, string>();
  const put = (name: string, value: string) => {
    if (given.has(name)) throw wrongInput(`The setting ${name} is given twice; give it once.`);
    given.set(name, value);
  };
  for (const each of set) put(...splitAtEquals(each, '--set'));
  for (const each of setFrom) {
    const [name, file] = splitAtEquals(each, '--set-from');
    put(name, await readValue(terminal, file));
  }
  return Object.fromEntries(given);
}

function splitAtEquals(text: string, option: string): [name: string, value: string] {
  const at = text.indexOf('=');
  // What was typed may be a secret: it is not repeated.
  if (at < 1)
    throw wrongInput(`${option} needs a name, = and a value, such as ${option} host=pbx.example.net`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** An editor ends a file's last line, which is no part of a secret. */
async function readValue(terminal: Terminal, file: string): Promise<string> {
  try {
    const text = file === '-' ? await terminal.readInput() : await readFile(file, 'utf8');
    return text.replace(/\r?\n$/, '');
  } catch (error) {
    throw wrongInput(`--set-from: ${error instanceof Error ? error.message : String(error)}`);
  }
}
