import type { Command } from 'commander';
import { wrongInput } from '../failure.ts';
import { addRightsOptions, rightsOf, type RightsOptions } from '../key-options.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption, RightsOptions {
  readonly label: string;
}

const LABEL = /^[^\p{Cc}]{0,80}$/u;

export function addKeyCreate(parent: Command, terminal: Terminal): void {
  const command = parent
    .command('create')
    .description('Make an API key. It is shown this once; only its hash is stored.')
    .requiredOption(...ACCOUNT)
    .option('--label <label>', 'what the key is for', '');
  addRightsOptions(command)
    .option(...JSON_OUT)
    .addHelpText(
      'after',
      examples(
        'key create --account acme --label crm --scope calls:create,calls:read --allow-ip 203.0.113.5',
        'key create --account acme --publishable --allow-origin https://www.example.net --allow-to 2xx --per-minute 5',
      ),
    )
    .action((options: Options) => keyCreate(terminal, options));
}

async function keyCreate(terminal: Terminal, { account, label, json, ...options }: Options): Promise<void> {
  if (!LABEL.test(label)) throw wrongInput('--label has over 80 characters, or one of control; give a word.');
  await withParts(terminal, async ({ directory, store, clock }) => {
    const { createKey } = await import('../../access/keys.ts');
    const { readRights } = await import('../../access/read-rights.ts');
    const { presentKey } = await import('../../access/present-key.ts');
    const now = clock.nowMicros();
    const rights = readRights(rightsOf(options, now), now);
    const tenant = await directory.account(account);
    const { key, record } = await createKey(store.keys, clock, tenant.id, label, userOf(terminal), rights);
    const made = { api_key: key, ...presentKey(record), account: tenant.slug };
    if (json !== true) terminal.err('Keep this key: it is not shown again.');
    if (json !== true && rights.scopes === undefined && Object.keys(rights.limits).length > 0)
      terminal.err(
        'Beside calls it may manage the whole account; --scope calls:create,calls:read leaves it calls alone.',
      );
    print(terminal, json, made, key);
  });
}
