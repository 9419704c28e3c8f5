import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Call } from '../../../contract/v3/call.ts';
import type { JournalEntry } from '../../../contract/v3/journal.ts';
import { findDriver } from '../../../src/cli/find-driver.ts';
import { readJournalFile } from '../../../src/cli/journal-file.ts';
import { replay } from '../../../src/cli/replay.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { ask } from './client.ts';

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** What anybody with a key can gather of a call: the call, its PBX, and its journal. */
it.each([
  ['that was answered', '103', '410'],
  ['whose second phone was busy', '103', '486'],
  ['whose first phone was not there', '480', '103'],
  ['that was refused by its PBX', '103', '403'],
  ['that we refused', '103', 'nobody'],
  ['whose events overtook the answer to its order', '425', '410'],
])('a call %s comes to the same again from what the resource API gives', async (_what, first, second) => {
  const made = await ask<Call & { call_id?: string }>(gateway, 'POST /v3/calls?wait=ended', {
    body: { pbx: 'main', dial_first: first, dial_second: second },
  });
  const id = made.body.call_id ?? made.body.id;
  const [{ body: call }, { body: journal }, { body: pbxs }] = await Promise.all([
    ask<Call>(gateway, `GET /v3/calls/${id}`),
    ask(gateway, `GET /v3/calls/${id}/journal?limit=500`),
    ask<{ items: { driver: string; settings: object }[] }>(gateway, 'GET /v3/pbxs'),
  ]);
  const times = (journal as { items: JournalEntry[] }).items.map(({ at }) => at);
  expect(times).toEqual(times.toSorted());
  const { driver = '', settings } = pbxs.items[0] ?? {};
  const file = readJournalFile(JSON.stringify({ call, driver, settings, journal }));
  const compared = replay(file, await findDriver(driver));
  expect(compared.filter(({ isSame }) => !isSame)).toEqual([]);
  expect(compared.find(({ field }) => field === 'disposition')?.recorded).toBe(call.disposition);
});
