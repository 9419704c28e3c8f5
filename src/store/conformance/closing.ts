import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import type { Bench } from './describe-store.ts';
import { newTenant, NOON, opening } from './samples.ts';

export function describeClosing({ open, create }: Bench): void {
  describe('opening and closing', () => {
    it('writes everything that was accepted before it closes', async () => {
      const store = await open();
      const tenantId = await newTenant(store);
      const made = Array.from({ length: 700 }, () => opening(tenantId));
      const opened = made.map((each) => store.journal.open(each));
      await store.close();
      await Promise.all(opened);
      const later = await open();
      const found = await Promise.all(made.map(({ call }) => later.journal.callById(call.id)));
      expect(found).toEqual(made.map(({ call }) => call));
    });

    it('closes once, however often it is asked, and then says so', async () => {
      const store = await open();
      const tenantId = await newTenant(store);
      await Promise.all([store.close(), store.close()]);
      await store.close();
      await expect(store.journal.open(opening(tenantId))).rejects.toMatchObject({ fault: 'closed' });
      await expect(store.journal.callById('any')).rejects.toMatchObject({ fault: 'closed' });
      expect(() => store.journal.keyUsed('any', NOON)).not.toThrow();
    });

    it('opens a new database in four processes at once', async () => {
      const database = await create();
      const exits = await Promise.all(Array.from({ length: 4 }, () => openAndClose(database.url)));
      expect(exits).toEqual([0, 0, 0, 0]);
    });

    it('opens a new database twice at once in one process', async () => {
      const database = await create();
      const stores = await Promise.all([openStore({ url: database.url }), openStore({ url: database.url })]);
      const tenantId = await newTenant(stores[0]);
      expect(await stores[1].directory.tenants()).toMatchObject([{ id: tenantId }]);
      await Promise.all(stores.map((store) => store.close()));
    });
  });
}

/** The exit code of a process that does so. */
async function openAndClose(url: string): Promise<unknown> {
  const module = new URL('../open-store.ts', import.meta.url).href;
  const program = `const { openStore } = await import('${module}'); await (await openStore({ url: '${url}' })).close();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
  const [code]: unknown[] = await once(child, 'exit');
  return code;
}
