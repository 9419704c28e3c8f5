import type { Command } from 'commander';
import { ACCOUNT, EMAIL, examples, JSON_OUT, type EmailOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addUserLink(parent: Command, terminal: Terminal): void {
  parent
    .command('link')
    .description(
      'Make a link that logs somebody in once, within 15 minutes: who forgot a password sets a new one.',
    )
    .requiredOption(...ACCOUNT)
    .requiredOption(...EMAIL)
    .option(...JSON_OUT)
    .addHelpText('after', examples('user link --account acme --email ann@example.net'))
    .action((options: EmailOption) => userLink(terminal, options));
}

function userLink(terminal: Terminal, { account, email, json }: EmailOption): Promise<void> {
  return withParts(terminal, async ({ directory, people }) => {
    const { entryLink } = await import('../../people/operator.ts');
    const tenant = await directory.account(account);
    const link = await entryLink(people, tenant, email, userOf(terminal));
    print(terminal, json, { link }, link);
  });
}
