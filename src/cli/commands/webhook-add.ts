import type { Command } from 'commander';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption {
  readonly url: string;
  readonly type: readonly string[];
  readonly label: string;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export function addWebhookAdd(parent: Command, terminal: Terminal): void {
  parent
    .command('add')
    .description("Send an account's events to a URL, signed. The secret is shown this once.")
    .requiredOption(...ACCOUNT)
    .requiredOption('--url <url>', 'where messages go, http or https')
    .option(
      '--type <type>',
      'an event to send, call.ended for one; may be repeated; all unless given',
      collect,
      [],
    )
    .option('--label <label>', 'what the webhook is for', '')
    .option(...JSON_OUT)
    .addHelpText(
      'after',
      examples(
        'webhook add --account acme --url https://crm.example.net/hooks',
        'webhook add --account acme --url https://crm.example.net/hooks --type call.ended --label crm',
      ),
    )
    .action((options: Options) => webhookAdd(terminal, options));
}

function webhookAdd(terminal: Terminal, { account, url, type, label, json }: Options): Promise<void> {
  return withParts(terminal, async ({ directory, webhooks }) => {
    const { presentWebhook } = await import('../../webhooks/present-webhook.ts');
    const tenant = await directory.account(account);
    const types = type.length === 0 ? undefined : type;
    const { webhook, secret } = await webhooks.add(tenant.id, { url, types, label }, userOf(terminal));
    if (json !== true) terminal.err('Keep this secret: it is not shown again.');
    print(terminal, json, { ...presentWebhook(webhook), secret }, secret);
  });
}
