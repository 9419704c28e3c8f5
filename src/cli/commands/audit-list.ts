import type { Command } from 'commander';
import type { AuditEntry } from '../../audit/chain.ts';
import { rfc3339 } from '../../kit/clock.ts';
import { wrongInput } from '../failure.ts';
import { examples, JSON_OUT, type JsonOption } from '../options.ts';
import { print, table, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends JsonOption {
  readonly account?: string;
  readonly limit: string;
}

const LIMIT_MAX = 100_000;

export function addAuditList(parent: Command, terminal: Terminal): void {
  parent
    .command('list')
    .description('List who did what to accounts, keys, PBXs and the master key, the newest first.')
    .option('--account <account>', 'of this account alone')
    .option('--limit <count>', 'so many entries', '100')
    .option(...JSON_OUT)
    .addHelpText('after', examples('audit list', 'audit list --account acme --limit 1000 --json'))
    .action((options: Options) => auditList(terminal, options));
}

async function auditList(terminal: Terminal, { account, limit, json }: Options): Promise<void> {
  const count = /^\d{1,6}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > LIMIT_MAX)
    throw wrongInput(`--limit can not be ${JSON.stringify(limit.slice(0, 40))}; give 1 to ${LIMIT_MAX}.`);
  await withParts(terminal, async (parts) => {
    const log = account === undefined ? undefined : (await parts.directory.account(account)).id;
    const entries = await parts.store.audit.newest(count, log);
    const names = new Map((await parts.directory.accounts()).map(({ id, slug }) => [id, slug]));
    const shown = entries.map((entry) => shownEntry(entry, names.get(entry.log) ?? entry.log));
    const rows = shown.map((each) => [
      each.at,
      each.log,
      String(each.position),
      each.by,
      each.action,
      each.subject,
      JSON.stringify(each.detail),
    ]);
    const text =
      rows.length === 0
        ? 'Nothing was done yet.'
        : table(['AT', 'LOG', 'ENTRY', 'BY', 'ACTION', 'SUBJECT', 'DETAIL'], rows);
    print(terminal, json, shown, text);
  });
}

/** An entry as commands show it. */
function shownEntry(entry: AuditEntry, log: string) {
  const { actorKind, actorName, position, action, subject, previous, hash } = entry;
  const detail: unknown = parsed(entry.detail);
  const by = `${actorKind} ${actorName}`.trimEnd();
  const at = rfc3339(entry.atMicros);
  return { at, log, position, by, action, subject, detail, previous, hash };
}

/** Somebody may have altered it: then it is shown as it is, and `audit verify` says so. */
function parsed(detail: string): unknown {
  try {
    return JSON.parse(detail);
  } catch {
    return detail;
  }
}
