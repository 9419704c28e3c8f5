import type { Command } from 'commander';
import type { Parts } from '../../app.ts';
import type { KeyRecord } from '../../access/ports.ts';
import { wrongInput } from '../failure.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { presentKey } from '../../access/present-key.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addKeyRevoke(parent: Command, terminal: Terminal): void {
  parent
    .command('revoke')
    .description('Revoke a key at once and for ever, also in a server that runs.')
    .argument('<key>', "the key's id or its prefix, as key list shows them, or the key itself")
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('key revoke --account acme c2c_Ab3dEf'))
    .action((key: string, options: AccountOption) => keyRevoke(terminal, key, options));
}

function keyRevoke(terminal: Terminal, given: string, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async (parts) => {
    const { directory, store, clock } = parts;
    const { revokeKey } = await import('../../access/keys.ts');
    const tenant = await directory.account(account);
    const found = await findKey(parts, tenant.id, given);
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

async function findKey({ store }: Parts, tenantId: string, given: string): Promise<KeyRecord> {
  const { authenticate } = await import('../../access/keys.ts');
  const keys = await store.keys.keysOf(tenantId);
  // Who found a key where it should not be has nothing but the key.
  const id = (await authenticate(store.keys, given))?.keyId ?? given;
  const byId = keys.find((key) => key.id === id.toLowerCase());
  if (byId !== undefined) return byId;

  const [found, ...others] = keys.filter((key) => key.prefix === given.replace(/…$/, ''));
  if (found === undefined) {
    // What was typed may be somebody's key: it is not repeated.
    throw wrongInput('The account has no such key; click2call key list shows their ids and prefixes.');
  }
  if (others.length > 0) {
    const ids = [found, ...others].map((key) => key.id).join(', ');
    throw wrongInput(`Several keys begin with ${found.prefix}; give the id of one: ${ids}.`);
  }
  return found;
}
