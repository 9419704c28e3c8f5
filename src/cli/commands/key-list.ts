import type { Command } from 'commander';
import { presentKey } from '../../access/present-key.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, table, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addKeyList(parent: Command, terminal: Terminal): void {
  parent
    .command('list')
    .description("List an account's keys: when each was made, used and revoked.")
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('key list --account acme'))
    .action((options: AccountOption) => keyList(terminal, options));
}

function keyList(terminal: Terminal, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory, store }) => {
    const tenant = await directory.account(account);
    const keys = (await store.keys.keysOf(tenant.id)).map(presentKey);
    const rows = keys.map((key) => [
      `${key.prefix}…`,
      key.label,
      key.created_at,
      key.last_used_at ?? 'never',
      key.revoked_at ?? 'no',
      key.id,
    ]);
    const text =
      rows.length === 0
        ? `The account has no key yet; make one with: click2call key create --account ${tenant.slug}`
        : table(['KEY', 'LABEL', 'CREATED', 'LAST USED', 'REVOKED', 'ID'], rows);
    print(terminal, json, keys, text);
  });
}
