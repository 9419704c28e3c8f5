import type { Command } from 'commander';
import type { Parts } from '../../app.ts';
import { presentCall } from '../../calls/present-call.ts';
import { rfc3339 } from '../../kit/clock.ts';
import { inTime } from '../../switchboard/in-time.ts';
import type { SeenRequest } from '../../switchboard/place-call.ts';
import type { CallRecord, JournalEntry } from '../../switchboard/ports.ts';
import { failed, wrongInput } from '../failure.ts';
import { diagnosisText, ladderText, summaryText, type Asker } from '../call-text.ts';
import { journalText } from '../journal-text.ts';
import { examples, JSON_OUT, type JsonOption } from '../options.ts';
import { print, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends JsonOption {
  readonly journal?: boolean;
}

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function addShow(parent: Command, terminal: Terminal): void {
  parent
    .command('show')
    .description(
      'Show all that is known of a request, drawn as a ladder between us, the PBX and the two phones, and what became of it.',
    )
    .argument('<request_id>', "the request_id of a call's answer")
    .option('--journal', 'the journal as it was written, with every message to the PBX and from it as it was')
    .option(...JSON_OUT)
    .addHelpText(
      'after',
      examples(
        'show 019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77',
        'show 019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77 --journal',
        'show 019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77 --json > call.json',
      ),
    )
    .action((requestId: string, options: Options) => show(terminal, requestId, options));
}

async function show(terminal: Terminal, requestId: string, { json, journal }: Options): Promise<void> {
  const id = requestId.trim().toLowerCase();
  if (!REQUEST_ID.test(id))
    throw wrongInput('The request_id must be one as answers have them: 32 hex digits in five groups.');
  await withParts(terminal, async (parts) => {
    const call = await parts.store.journal.callById(id);
    if (call === undefined) throw failed(`There is no request ${id} in the journal.`);
    const written = await parts.store.journal.entriesOf(id);
    const entries = inTime(written.map((entry, seq) => ({ seq, ...entry })));
    const asker = await askerOf(parts, call, written);
    const shown = {
      request_id: call.id,
      outcome: call.outcome,
      call: presentCall(call, call.life),
      account: asker.account ?? null,
      key: asker.key ?? null,
      user: asker.user ?? null,
      pbx: call.pbxName ?? null,
      ...(await pbxOf(parts, call)),
      first: call.first ?? null,
      second: call.second ?? null,
      dial_as: call.dialAs ?? null,
      asked_at: rfc3339(call.askedAtMicros),
      journal: entries.map(({ seq, atMicros, kind, data }) => ({
        number: seq,
        at: rfc3339(atMicros),
        kind,
        data,
      })),
    };
    const steps = journal === true ? journalText(entries) : ladderText(call, entries);
    const texts = [summaryText(call, asker), steps, diagnosisText(call)];
    print(terminal, json, shown, texts.filter((text) => text !== '').join('\n\n'));
  });
}

/** What a replay needs of the PBX, no secrets; null where it has been removed since. */
async function pbxOf({ directory }: Parts, { pbxId, tenantId }: CallRecord) {
  const pbx = await directory.pbxOf(tenantId, pbxId);
  if (pbx === undefined) return { driver: null, settings: null };
  return { driver: pbx.driver, settings: pbx.settings };
}

async function askerOf(
  { directory, store }: Parts,
  { tenantId, keyId }: CallRecord,
  entries: readonly JournalEntry[],
): Promise<Asker> {
  const account = (await directory.accounts()).find((tenant) => tenant.id === tenantId)?.slug;
  const keys = keyId === undefined ? [] : await store.keys.keysOf(tenantId);
  const key = keys.find((each) => each.id === keyId);
  const request = entries.find(({ kind }) => kind === 'request')?.data as SeenRequest | undefined;
  const userId = request?.user;
  const person = userId === undefined ? undefined : await store.people.userById(userId);
  const user = person === undefined ? userId : `${person.name} <${person.email}>`;
  return { account, key: key && { prefix: key.prefix, label: key.label }, user };
}
