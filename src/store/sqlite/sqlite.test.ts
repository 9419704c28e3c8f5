import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStore } from '../conformance/describe-store.ts';

describeStore('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'c2c-sqlite-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return Promise.resolve({ url: `sqlite:${join(folder, 'store.db')}`, remove });
});
