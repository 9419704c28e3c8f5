import type { Command } from 'commander';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { policyText } from '../policy-text.ts';
import { print, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addPolicyShow(parent: Command, terminal: Terminal): void {
  parent
    .command('show')
    .description('Show what calls an account may make.')
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('policy show --account acme'))
    .action((options: AccountOption) => policyShow(terminal, options));
}

function policyShow(terminal: Terminal, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory }) => {
    const policy = await directory.policyOf((await directory.account(account)).id);
    print(terminal, json, policy, policyText(policy));
  });
}
