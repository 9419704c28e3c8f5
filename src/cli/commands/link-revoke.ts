import type { Command } from 'commander';
import { wrongInput } from '../failure.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addLinkRevoke(parent: Command, terminal: Terminal): void {
  parent
    .command('revoke')
    .description('Revoke a click link at once and for ever, also in a server that runs.')
    .argument('<link>', "the link's id, as link list shows it, or the link itself")
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('link revoke --account acme 019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77'))
    .action((link: string, options: AccountOption) => linkRevoke(terminal, link, options));
}

function linkRevoke(terminal: Terminal, given: string, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory, store, clock }) => {
    const { linkOfToken, revokeLink } = await import('../../access/links.ts');
    const { presentLink } = await import('../../access/present-link.ts');
    const tenant = await directory.account(account);
    const clicked = await linkOfToken(store.links, given.replace(/^.*\/l\//, ''));
    const found = await store.links.linkById(tenant.id, clicked?.id ?? given.toLowerCase());
    // What was typed may be good for a call: it is not repeated.
    if (found === undefined)
      throw wrongInput('The account has no such link; click2call link list shows their ids.');
    const isNew = await revokeLink(store.links, clock, found, userOf(terminal));
    const shown = presentLink((await store.links.linkById(tenant.id, found.id)) ?? found);
    const text = isNew
      ? `Revoked the link ${shown.id}.`
      : `The link ${shown.id} was revoked already, at ${shown.revoked_at}.`;
    print(terminal, json, shown, text);
  });
}
