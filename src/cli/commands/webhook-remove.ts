import type { Command } from 'commander';
import { wrongInput } from '../failure.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption {
  readonly id: string;
}

export function addWebhookRemove(parent: Command, terminal: Terminal): void {
  parent
    .command('remove')
    .description('Remove a webhook. What waits for delivery is not sent any more.')
    .requiredOption(...ACCOUNT)
    .requiredOption('--id <id>', 'its id, as webhook list shows it')
    .option(...JSON_OUT)
    .addHelpText('after', examples('webhook remove --account acme --id 01a2…'))
    .action((options: Options) => webhookRemove(terminal, options));
}

function webhookRemove(terminal: Terminal, { account, id, json }: Options): Promise<void> {
  return withParts(terminal, async ({ directory, webhooks }) => {
    const tenant = await directory.account(account);
    if (!(await webhooks.remove(tenant.id, id, userOf(terminal))))
      throw wrongInput('The account has no such webhook; click2call webhook list shows their ids.');
    print(terminal, json, { removed: id.toLowerCase() }, 'Removed the webhook.');
  });
}
