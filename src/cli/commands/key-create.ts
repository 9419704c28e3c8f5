import type { Command } from 'commander';
import { rfc3339 } from '../../kit/clock.ts';
import { wrongInput } from '../failure.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption {
  readonly label: string;
}

const LABEL = /^[^\p{Cc}]{0,80}$/u;

export function addKeyCreate(parent: Command, terminal: Terminal): void {
  parent
    .command('create')
    .description('Make an API key. It is shown this once; only its hash is stored.')
    .requiredOption(...ACCOUNT)
    .option('--label <label>', 'what the key is for', '')
    .option(...JSON_OUT)
    .addHelpText('after', examples('key create --account acme --label crm'))
    .action((options: Options) => keyCreate(terminal, options));
}

async function keyCreate(terminal: Terminal, { account, label, json }: Options): Promise<void> {
  if (!LABEL.test(label)) throw wrongInput('--label has over 80 characters, or one of control; give a word.');
  await withParts(terminal, async ({ directory, store, clock }) => {
    const { createKey } = await import('../../access/keys.ts');
    const tenant = await directory.account(account);
    const { key, record } = await createKey(store.keys, clock, tenant.id, label, userOf(terminal));
    const { id, prefix, createdAtMicros } = record;
    const made = {
      api_key: key,
      id,
      prefix,
      label,
      account: tenant.slug,
      created_at: rfc3339(createdAtMicros),
    };
    if (json !== true) terminal.err('Keep this key: it is not shown again.');
    print(terminal, json, made, key);
  });
}
