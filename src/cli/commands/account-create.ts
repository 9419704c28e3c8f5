import type { Command } from 'commander';
import { rfc3339 } from '../../kit/clock.ts';
import { examples, JSON_OUT, type JsonOption } from '../options.ts';
import { print, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends JsonOption {
  readonly name: string;
}

export function addAccountCreate(parent: Command, terminal: Terminal): void {
  parent
    .command('create')
    .description('Make an account.')
    .requiredOption('--name <name>', "the customer's name, 1 to 80 letters or digits")
    .option(...JSON_OUT)
    .addHelpText('after', examples('account create --name "Acme"'))
    .action((options: Options) => accountCreate(terminal, options));
}

function accountCreate(terminal: Terminal, { name, json }: Options): Promise<void> {
  return withParts(terminal, async ({ directory }) => {
    const { id, slug, name: given, createdAtMicros } = await directory.createAccount(name);
    const made = { account: slug, name: given, id, created_at: rfc3339(createdAtMicros) };
    print(
      terminal,
      json,
      made,
      `Made the account ${slug}.\nIts first key: click2call key create --account ${slug}`,
    );
  });
}
