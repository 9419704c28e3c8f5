import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entry, newTenant, opening } from '../conformance/samples.ts';
import { openStore } from '../open-store.ts';
import type { Op } from '../op.ts';
import { callValues, entryValues } from '../rows.ts';
import { writeStatements } from '../statements/writes.ts';
import { sqliteCompiler } from './compiler.ts';
import { BatchWriter } from './batch-writer.ts';
import type { SqliteConnection } from './connection.ts';
import { openForWriting } from './open-connection.ts';

const PATIENCE_MS = 50;

let folder: string;
let file: string;
let tenantId: string;
let connection: SqliteConnection;
let writer: BatchWriter;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'c2c-sqlite-'));
  file = join(folder, 'store.db');
  const store = await openStore({ url: file });
  tenantId = await newTenant(store);
  await store.close();
  connection = openForWriting(file, PATIENCE_MS);
  writer = new BatchWriter(connection, writeStatements(sqliteCompiler(), 'sqlite'));
});

afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(data: unknown = null): Op {
  return ['open', callValues(opening(tenantId).call, null), entryValues([entry('request', { data })]), null];
}

function big(): Op {
  return open('x'.repeat(50_000));
}

describe('the SQLite writer in trouble', () => {
  it('fails a batch that finds no space, whole, and works again when there is', () => {
    connection.database.exec('PRAGMA max_page_count = 60');
    const outcomes = writer.commit([big(), big(), big(), big(), big(), big(), big(), big()]);
    expect(outcomes).toHaveLength(8);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ fault: 'full' });
    connection.database.exec('PRAGMA max_page_count = 100000');
    expect(writer.commit([big(), big()])).toEqual([null, null]);
  });

  it('fails a batch while another process holds the lock for too long, and works again after', () => {
    const other = openForWriting(file, PATIENCE_MS);
    other.database.exec('BEGIN IMMEDIATE');
    expect(writer.commit([open()])).toMatchObject([{ fault: 'busy' }]);
    other.database.exec('COMMIT');
    other.close();
    expect(writer.commit([open()])).toEqual([null]);
  });
});

describe('an SQLite file that is none', () => {
  it('is refused with its path', async () => {
    const path = join(folder, 'letter.txt');
    writeFileSync(path, 'Dear Sir or Madam, '.repeat(100));
    const opened = openStore({ url: `sqlite:${path}` });
    await expect(opened).rejects.toMatchObject({ name: 'StoreError', fault: 'unavailable' });
    await expect(opened).rejects.toThrow(path);
  });
});
