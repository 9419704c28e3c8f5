import type { Command } from 'commander';
import { ACCOUNT, EMAIL, examples, JSON_OUT, type EmailOption } from '../options.ts';
import { shownPerson } from '../shown-person.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends EmailOption {
  readonly name: string;
  readonly role?: string;
}

export function addUserCreate(parent: Command, terminal: Terminal): void {
  parent
    .command('create')
    .description('Add somebody to an account, and make a link that logs them in once, within 15 minutes.')
    .requiredOption(...ACCOUNT)
    .requiredOption(...EMAIL)
    .requiredOption('--name <name>', 'what people call them')
    .option(
      '--role <role>',
      'owner, admin, member or viewer; unless given the first one of an account is its owner, the others are members',
    )
    .option(...JSON_OUT)
    .addHelpText('after', examples('user create --account acme --email ann@example.net --name "Ann"'))
    .action((options: Options) => userCreate(terminal, options));
}

function userCreate(terminal: Terminal, { account, email, name, role, json }: Options): Promise<void> {
  return withParts(terminal, async ({ directory, people }) => {
    const { addPerson, entryLink } = await import('../../people/operator.ts');
    const tenant = await directory.account(account);
    const by = userOf(terminal);
    const made = await addPerson(people, tenant, { email, name, role }, by);
    const link = await entryLink(people, tenant, email, by);
    const said = `${made.user.name} is now ${made.role} of ${tenant.slug}. This link logs them in once, within 15 minutes:`;
    print(terminal, json, { ...shownPerson(made), link }, `${said}\n${link}`);
  });
}
