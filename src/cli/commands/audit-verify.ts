import type { Command } from 'commander';
import type { Parts } from '../../app.ts';
import type { VerifiedLog } from '../../audit/verify.ts';
import { failed, wrongInput } from '../failure.ts';
import { examples, JSON_OUT, type JsonOption } from '../options.ts';
import { print, table, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends JsonOption {
  readonly account?: string;
  readonly expect?: string;
}

const HASH = /^[0-9a-f]{64}$/;

export function addAuditVerify(parent: Command, terminal: Terminal): void {
  parent
    .command('verify')
    .description(
      'Hold the audit against itself: an entry that was altered, removed, moved or put in is named.',
    )
    .option('--account <account>', 'the log of this account alone')
    .option(
      '--expect <hash>',
      'an entry of this hash must still be there: one that was kept elsewhere, so that a log that was written anew is found out',
    )
    .option(...JSON_OUT)
    .addHelpText('after', examples('audit verify', 'audit verify --account acme'))
    .action((options: Options) => auditVerify(terminal, options));
}

async function auditVerify(terminal: Terminal, { account, expect, json }: Options): Promise<void> {
  if (expect !== undefined && !HASH.test(expect))
    throw wrongInput('--expect must be the hash of an entry: 64 hex digits, as audit list --json has them.');
  await withParts(terminal, async (parts) => {
    const names = new Map((await parts.directory.accounts()).map(({ id, slug }) => [id, slug]));
    let isSeen = expect === undefined;
    const verified: VerifiedLog[] = [];
    for await (const each of logsToVerify(parts, account, ({ hash }) => (isSeen ||= hash === expect)))
      verified.push({ ...each, log: names.get(each.log) ?? each.log });
    const breaks = verified.flatMap((each) => each.breaks.map((said) => `${each.log}: ${said}.`));
    if (!isSeen) breaks.push(`No entry has the hash ${expect}.`);
    const rows = verified.map((each) => [
      each.log,
      String(each.position),
      each.breaks.length === 0 ? 'whole' : 'BROKEN',
      each.hash,
    ]);
    print(terminal, json, verified, table(['LOG', 'ENTRIES', 'IS', 'LAST HASH'], rows));
    if (breaks.length > 0) throw failed(...breaks);
  });
}

async function* logsToVerify(
  { directory, store }: Parts,
  account: string | undefined,
  see: (entry: { readonly hash: string }) => void,
): AsyncGenerator<VerifiedLog> {
  const { verifyAll, verifyLog } = await import('../../audit/verify.ts');
  if (account === undefined) {
    yield* verifyAll(store.audit, see);
  } else {
    const { id } = await directory.account(account);
    yield { log: id, ...(await verifyLog(store.audit, id, see)) };
  }
}
