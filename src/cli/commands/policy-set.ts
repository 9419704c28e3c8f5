import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { wrongInput } from '../failure.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { policyText, policyValue } from '../policy-text.ts';
import { print, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption {
  readonly file?: string;
  readonly set: readonly string[];
}

type Given = Readonly<Record<string, unknown>>;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export function addPolicySet(parent: Command, terminal: Terminal): void {
  parent
    .command('set')
    .description('Set what calls an account may make: as a whole from a file, or some of its rules.')
    .requiredOption(...ACCOUNT)
    .option('--file <file>', 'a JSON object; what is left out is as it is for a new account')
    .option(
      '--set <name=value>',
      'one rule, lists with commas (hours with semicolons); may be repeated',
      collect,
      [],
    )
    .option(...JSON_OUT)
    .addHelpText(
      'after',
      examples(
        'policy set --account acme --set home_country=DE --set countries_allowed=DE,AT,CH',
        "policy set --account acme --set 'hours=Mon-Fri 07:00-19:00;Sat 08:00-13:00' --set time_zone=Europe/Berlin",
        'policy set --account acme --file policy.json',
      ),
    )
    .action((options: Options) => policySet(terminal, options));
}

async function policySet(terminal: Terminal, { account, file, set, json }: Options): Promise<void> {
  const changes = readSets(set);
  if (file === undefined && set.length === 0)
    throw wrongInput('Nothing is to be set; give --file policy.json, or --set name=value.');
  const whole = file === undefined ? undefined : await readWhole(file);
  await withParts(terminal, async ({ directory }) => {
    const { id } = await directory.account(account);
    const before: Given = whole ?? (await directory.policyOf(id));
    const policy = await directory.setPolicy(id, { ...before, ...changes });
    print(terminal, json, policy, policyText(policy));
  });
}

function readSets(set: readonly string[]): Given {
  const changes: Record<string, unknown> = {};
  for (const each of set) {
    const [, name, value] = /^([a-z_]{1,64})=(.*)$/s.exec(each) ?? [];
    if (name === undefined || value === undefined)
      throw wrongInput('--set needs a name, = and a value, such as --set home_country=DE');
    if (Object.hasOwn(changes, name)) throw wrongInput(`The rule ${name} is given twice; give it once.`);
    changes[name] = policyValue(name, value);
  }
  return changes;
}

async function readWhole(file: string): Promise<Given> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw wrongInput(`--file can not be read: ${error.message}`);
  });
  const whole = parse(text);
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole))
    throw wrongInput('--file holds no JSON object; give one such as {"home_country": "DE"}.');
  return { ...whole };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
