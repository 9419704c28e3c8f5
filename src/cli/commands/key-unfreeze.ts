import type { Command } from 'commander';
import { presentKey } from '../../access/present-key.ts';
import { findKey, KEY_ARGUMENT } from '../find-key.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addKeyUnfreeze(parent: Command, terminal: Terminal): void {
  parent
    .command('unfreeze')
    .description('Let a key that froze itself make calls again: what it froze for was meant.')
    .argument(...KEY_ARGUMENT)
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('key unfreeze --account acme c2c_live_Ab3dEf'))
    .action((key: string, options: AccountOption) => keyUnfreeze(terminal, key, options));
}

function keyUnfreeze(terminal: Terminal, given: string, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory, store, clock }) => {
    const { unfreezeKey } = await import('../../switchboard/breaker/unfreeze.ts');
    const tenant = await directory.account(account);
    const found = await findKey(store.keys, tenant.id, given);
    const freeze = await unfreezeKey(store.breaker, clock, tenant.id, found.id, userOf(terminal));
    const shown = { ...presentKey(found), frozen: null };
    const text =
      freeze === undefined
        ? `The key ${shown.prefix}… is not frozen.`
        : `Unfroze the key ${shown.prefix}…, which was frozen for ${freeze.reason}.`;
    print(terminal, json, shown, text);
  });
}
