import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { act, key, newTenant } from '../store/conformance/samples.ts';
import { openStore } from '../store/open-store.ts';
import { INSTALLATION } from './act.ts';
import { hashOf } from './chain.ts';
import { verifyAll, verifyLog } from './verify.ts';

/** A log of ten entries, in a database that this test writes to as an intruder would. */
const folder = mkdtempSync(join(tmpdir(), 'c2c-audit-'));
const path = join(folder, 'store.db');
const store = await openStore({ url: path });
const log = await newTenant(store);
for (let index = 1; index <= 10; index += 1)
  await store.keys.addKey(key(log), act({ log, subject: `key ${index}`, atMicros: index }));
const database = new DatabaseSync(path);
afterAll(async () => {
  database.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** What a verification says while the database is as those statements make it. */
async function breaksAfter(...statements: string[]): Promise<readonly string[]> {
  const [entries, heads] = ['audit_entry', 'audit_head'].map((table) =>
    database.prepare(`select * from ${table} where log = ?`).all(log),
  );
  const triggers = database
    .prepare("select name, sql from sqlite_schema where type = 'trigger' and tbl_name = 'audit_entry'")
    .all();
  for (const { name } of triggers) database.exec(`drop trigger ${String(name)}`);
  for (const statement of statements) database.exec(statement.replaceAll('LOG', `log = '${log}'`));
  const { breaks } = await verifyLog(store.audit, log, () => undefined);
  for (const [table, rows] of Object.entries({ audit_entry: entries, audit_head: heads })) {
    database.prepare(`delete from ${table} where log = ?`).run(log);
    for (const row of rows ?? []) {
      const marks = Object.keys(row).map(() => '?');
      database.prepare(`insert into ${table} values (${marks.join()})`).run(...Object.values(row));
    }
  }
  for (const { sql } of triggers) database.exec(String(sql));
  return breaks;
}

it('finds a log whole that nobody has touched', async () => {
  expect(await breaksAfter()).toEqual([]);
});

it.each([
  ['at', 'at + 1'],
  ['actor_kind', "'system'||' '"],
  ['actor_name', "'bob'"],
  ['action', "'key.revoke'"],
  ['subject', "'key 8'"],
  ['detail', "'{}'||' '"],
  ['previous', "'00'"],
  ['hash', "replace(hash, substr(hash, 1, 1), 'x')"],
])('names an entry whose %s was altered', async (column, value) => {
  const breaks = await breaksAfter(`update audit_entry set ${column} = ${value} where LOG and position = 7`);
  expect(breaks).toEqual(['entry 7 was altered, or is not where it was written']);
});

it('names an entry that was altered and given a hash that fits', async () => {
  for (const [position, said] of [
    [7, 'is not the one that entry 8 was written after'],
    [10, 'is not the one that the log ends with'],
  ] as const) {
    const [entry] = await store.audit.entriesAfter(log, position - 1, 1);
    if (entry === undefined) throw new Error('It is there.');
    const hash = hashOf({ ...entry, subject: 'another' });
    const forged = `update audit_entry set subject = 'another', hash = '${hash}' where LOG and position = ${position}`;
    expect(await breaksAfter(forged)).toEqual([`entry ${position} ${said}`]);
  }
});

it.each([
  ['one', 'position = 4', ['entry 4 is missing']],
  ['several', 'position between 4 and 6', ['entries 4 to 6 are missing']],
  ['the first', 'position = 1', ['entry 1 is missing']],
  ['the last ones', 'position > 8', ['entries 9 to 10 are missing']],
  ['all', 'true', ['entries 1 to 10 are missing']],
])('names entries that were removed: %s', async (_which, where, breaks) => {
  expect(await breaksAfter(`delete from audit_entry where LOG and ${where}`)).toEqual(breaks);
});

it('names entries that were removed and those after them moved up, also with the head', async () => {
  expect(
    await breaksAfter(
      'delete from audit_entry where LOG and position = 4',
      'update audit_entry set position = position - 1 where LOG and position > 4',
      'update audit_head set position = 9 where LOG',
    ),
  ).toEqual([4, 5, 6, 7, 8, 9].map((each) => `entry ${each} was altered, or is not where it was written`));
});

it('names entries that changed places', async () => {
  const breaks = await breaksAfter(
    'update audit_entry set position = 100 where LOG and position = 3',
    'update audit_entry set position = 3 where LOG and position = 6',
    'update audit_entry set position = 6 where LOG and position = 100',
  );
  expect(breaks).toEqual([3, 6].map((each) => `entry ${each} was altered, or is not where it was written`));
});

it('names an entry that was put in, wherever', async () => {
  const copy = (position: string) =>
    `insert into audit_entry select log, ${position}, at, actor_kind, actor_name, action, subject, detail, hash, hash
     from audit_entry where LOG and position = 10`;
  expect(await breaksAfter(copy('11'))).toEqual([
    'entry 11 was altered, or is not where it was written',
    'entry 11 was not written by us: the log ends before it',
  ]);
  expect(
    await breaksAfter(
      'update audit_entry set position = position + 1 where LOG and position > 9',
      copy('10'),
    ),
  ).not.toEqual([]);
});

it('names the head that was altered or taken away', async () => {
  expect(await breaksAfter("update audit_head set hash = '00' where LOG")).toEqual([
    'entry 10 is not the one that the log ends with',
  ]);
  expect(await breaksAfter('delete from audit_head where LOG')).toEqual([
    'entry 10 was not written by us: the log ends before it',
  ]);
});

it('misses an account whose log is gone as a whole, by what the installation’s own says', async () => {
  const subject = await newTenant(store);
  await store.keys.addKey(key(subject), act({ log: INSTALLATION, action: 'account.create', subject }));
  const all = await Array.fromAsync(verifyAll(store.audit, () => undefined));
  expect(all.map((each) => [each.log, each.breaks])).toEqual([
    [INSTALLATION, []],
    [subject, ['the whole log is missing']],
    [log, []],
  ]);
});

it('can not be altered or cut by a statement alone', () => {
  for (const statement of ["update audit_entry set detail = ''", 'delete from audit_entry'])
    expect(() => database.exec(statement)).toThrow('The audit log is append-only.');
});
