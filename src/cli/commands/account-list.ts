import type { Command } from 'commander';
import { rfc3339 } from '../../kit/clock.ts';
import { examples, JSON_OUT, type JsonOption } from '../options.ts';
import { print, table, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addAccountList(parent: Command, terminal: Terminal): void {
  parent
    .command('list')
    .description('List the accounts.')
    .option(...JSON_OUT)
    .addHelpText('after', examples('account list'))
    .action((options: JsonOption) => accountList(terminal, options));
}

function accountList(terminal: Terminal, { json }: JsonOption): Promise<void> {
  return withParts(terminal, async ({ directory }) => {
    const accounts = (await directory.accounts()).map(({ id, slug, name, createdAtMicros }) => ({
      account: slug,
      name,
      id,
      created_at: rfc3339(createdAtMicros),
    }));
    const rows = accounts.map((each) => [each.account, each.name, each.created_at]);
    const text =
      rows.length === 0
        ? 'There is no account yet; make one with: click2call account create --name "Acme"'
        : table(['ACCOUNT', 'NAME', 'CREATED'], rows);
    print(terminal, json, accounts, text);
  });
}
