import type { Command } from 'commander';
import type { LinkRecord, LinkStore } from '../../access/ports.ts';
import { presentLink } from '../../access/present-link.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, table, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addLinkList(parent: Command, terminal: Terminal): void {
  parent
    .command('list')
    .description("List an account's click links, newest first: whom each rings, how often it was used.")
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('link list --account acme'))
    .action((options: AccountOption) => linkList(terminal, options));
}

function linkList(terminal: Terminal, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory, store }) => {
    const tenant = await directory.account(account);
    const links = (await allLinks(store.links, tenant.id)).map(presentLink);
    const rows = links.map((link) => [
      link.id,
      `${link.dial_first} → ${link.dial_second}`,
      link.label,
      `${link.used} of ${link.uses}`,
      link.expires_at,
      link.revoked_at ?? 'no',
    ]);
    const text =
      rows.length === 0
        ? `The account has no link yet; make one with: click2call link create --account ${tenant.slug}`
        : table(['ID', 'NUMBERS', 'LABEL', 'USED', 'EXPIRES', 'REVOKED'], rows);
    print(terminal, json, links, text);
  });
}

const PAGE = 500;

async function allLinks(store: LinkStore, tenantId: string): Promise<LinkRecord[]> {
  const all: LinkRecord[] = [];
  for (;;) {
    const page = await store.linksOf(tenantId, all.at(-1)?.id, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
