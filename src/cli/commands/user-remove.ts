import type { Command } from 'commander';
import { ACCOUNT, EMAIL, examples, JSON_OUT, type EmailOption } from '../options.ts';
import { shownPerson } from '../shown-person.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addUserRemove(parent: Command, terminal: Terminal): void {
  parent
    .command('remove')
    .description(
      'Remove somebody from an account. Their sessions are over at once, also in a server that runs.',
    )
    .requiredOption(...ACCOUNT)
    .requiredOption(...EMAIL)
    .option(...JSON_OUT)
    .addHelpText('after', examples('user remove --account acme --email ann@example.net'))
    .action((options: EmailOption) => userRemove(terminal, options));
}

function userRemove(terminal: Terminal, { account, email, json }: EmailOption): Promise<void> {
  return withParts(terminal, async ({ directory, people }) => {
    const { personOf } = await import('../../people/operator.ts');
    const { removeMember } = await import('../../people/members.ts');
    const tenant = await directory.account(account);
    const person = await personOf(people, tenant, email);
    const manager = { tenantId: tenant.id, isOwner: true, by: userOf(terminal) };
    await removeMember(people, manager, person.userId);
    print(terminal, json, shownPerson(person), `Removed ${person.user.email} from ${tenant.slug}.`);
  });
}
