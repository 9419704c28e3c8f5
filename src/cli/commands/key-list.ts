import type { Command } from 'commander';
import { SCOPES } from '../../../contract/v3/scopes.ts';
import { presentKey } from '../../access/present-key.ts';
import { presentFreeze } from '../../switchboard/breaker/present-freeze.ts';
import { limitsText } from '../key-options.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, table, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addKeyList(parent: Command, terminal: Terminal): void {
  parent
    .command('list')
    .description("List an account's keys: what each may do, when it was made and used, when it ends.")
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('key list --account acme'))
    .action((options: AccountOption) => keyList(terminal, options));
}

function keyList(terminal: Terminal, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory, store }) => {
    const tenant = await directory.account(account);
    const frozen = await store.breaker.frozenKeys(tenant.id);
    const keys = (await store.keys.keysOf(tenant.id)).map((key) => ({
      ...presentKey(key),
      frozen: presentFreeze(frozen.find(({ keyId }) => keyId === key.id)),
    }));
    const rows = keys.map((key) => [
      `${key.prefix}…`,
      key.kind,
      key.label,
      key.created_at,
      key.last_used_at ?? 'never',
      key.expires_at ?? 'never',
      key.revoked_at ?? 'no',
      key.frozen?.since ?? 'no',
      key.id,
      limitsText(key, Object.keys(SCOPES).length),
    ]);
    const text =
      rows.length === 0
        ? `The account has no key yet; make one with: click2call key create --account ${tenant.slug}`
        : table(
            ['KEY', 'KIND', 'LABEL', 'CREATED', 'LAST USED', 'EXPIRES', 'REVOKED', 'FROZEN', 'ID', 'LIMITS'],
            rows,
          );
    print(terminal, json, keys, text);
  });
}
