import type { Command } from 'commander';
import { findKey, KEY_ARGUMENT } from '../find-key.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { presentKey } from '../../access/present-key.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addKeyRevoke(parent: Command, terminal: Terminal): void {
  parent
    .command('revoke')
    .description('Revoke a key at once and for ever, also in a server that runs.')
    .argument(...KEY_ARGUMENT)
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('key revoke --account acme c2c_live_Ab3dEf'))
    .action((key: string, options: AccountOption) => keyRevoke(terminal, key, options));
}

function keyRevoke(terminal: Terminal, given: string, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory, store, clock }) => {
    const { revokeKey } = await import('../../access/keys.ts');
    const tenant = await directory.account(account);
    const found = await findKey(store.keys, tenant.id, given);
    const isNew = await revokeKey(store.keys, clock, found, userOf(terminal));
    const revoked = (await store.keys.keysOf(tenant.id)).find((key) => key.id === found.id);
    if (revoked === undefined) throw new Error(`The key ${found.id} is gone.`);
    const shown = presentKey(revoked);
    const text = isNew
      ? `Revoked the key ${shown.prefix}….`
      : `The key ${shown.prefix}… was revoked already, at ${shown.revoked_at}.`;
    print(terminal, json, shown, text);
  });
}
