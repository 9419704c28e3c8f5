import type { Command } from 'commander';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { shownPerson } from '../shown-person.ts';
import { print, table, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addUserList(parent: Command, terminal: Terminal): void {
  parent
    .command('list')
    .description('List the people of an account.')
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('user list --account acme'))
    .action((options: AccountOption) => userList(terminal, options));
}

function userList(terminal: Terminal, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory, people }) => {
    const tenant = await directory.account(account);
    const all = (await people.store.membersOf(tenant.id)).map(shownPerson);
    const rows = all.map((each) => [each.email, each.name, each.role, each.last_seen_at ?? 'never']);
    const text =
      rows.length === 0
        ? `The account has nobody yet; add somebody with: click2call user create --account ${tenant.slug}`
        : table(['EMAIL', 'NAME', 'ROLE', 'LAST SEEN'], rows);
    print(terminal, json, all, text);
  });
}
