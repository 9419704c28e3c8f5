import type { Command } from 'commander';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, table, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addWebhookList(parent: Command, terminal: Terminal): void {
  parent
    .command('list')
    .description("List an account's webhooks: where they go, what they are sent, and whether they work.")
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('webhook list --account acme'))
    .action((options: AccountOption) => webhookList(terminal, options));
}

function webhookList(terminal: Terminal, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory, webhooks }) => {
    const { presentWebhook } = await import('../../webhooks/present-webhook.ts');
    const tenant = await directory.account(account);
    const shown = (await webhooks.list(tenant.id)).map(presentWebhook);
    const rows = shown.map(({ id, url, types, label, state, failing_since, paused_reason }) => [
      url,
      label,
      types?.join(',') ?? 'all',
      paused_reason ?? (failing_since === null ? state : `failing since ${failing_since}`),
      id,
    ]);
    const text =
      rows.length === 0
        ? `The account has no webhook yet; add one with: click2call webhook add --account ${tenant.slug}`
        : table(['URL', 'LABEL', 'TYPES', 'STATE', 'ID'], rows);
    print(terminal, json, shown, text);
  });
}
