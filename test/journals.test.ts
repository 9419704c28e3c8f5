import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDriver } from '../src/cli/find-driver.ts';
import { readJournalFile } from '../src/cli/journal-file.ts';
import { replay } from '../src/cli/replay.ts';

const files = globSync(`${import.meta.dirname}/journals/*.json`).map((path) => ({
  name: basename(path),
  path,
}));

describe('a call that was captured', () => {
  it.each(files)('comes to the same again: $name', async ({ path }) => {
    const file = readJournalFile(readFileSync(path, 'utf8'));
    const compared = replay(file, await findDriver(file.driver ?? ''));
    expect(compared.filter(({ isSame }) => !isSame)).toEqual([]);
    expect(compared).toContainEqual({
      field: 'state',
      recorded: file.call.state,
      replayed: file.call.state,
      isSame: true,
    });
  });

  it.each(files)('holds no key of ours: $name', ({ path }) => {
    expect(readFileSync(path, 'utf8')).not.toMatch(/c2c_(?:[a-z]+_)?[0-9A-Za-z]{32}/);
  });
});
