import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Bench } from './describe-store.ts';
import { newTenant, NOON, step } from './samples.ts';

const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

/** Runs a process that writes under load, kills it when it has said so many lines, and gives what it had said. */
async function writeUntilKilled(url: string, tenantId: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, url, tenantId], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  // It is killed, and did not fail.
  expect([child.exitCode, child.signalCode]).toEqual([null, 'SIGKILL']);
  return said;
}

export function describeCrash({ url, stores }: Bench): void {
  describe('kill -9', () => {
    it('loses nothing that had resolved, and leaves a store that works', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const last = new Map<string, string>();
      for (const lines of [50, 400, 1500]) {
        for (const line of await writeUntilKilled(url(), tenantId, lines)) {
          const [what = '', id = ''] = line.split(' ');
          last.set(id, what);
        }
      }
      expect(last.size).toBeGreaterThan(500);
      for (const [id, what] of last) {
        const state = (await store.journal.callById(id))?.outcome;
        // What was opened may have been recorded, with nobody left to say so.
        expect(what === 'recorded' ? ['accepted'] : ['originating', 'accepted']).toContain(state);
        const kinds = (await store.journal.entriesOf(id)).map(({ kind }) => kind);
        expect(kinds).toEqual(state === 'accepted' ? ['request', 'sent', 'answer'] : ['request']);
      }
      // Those that were cut off are found, so that they can be settled.
      const cutOff = (await store.journal.untended(NOON + 1, 10_000)).filter(
        ({ call }) => call.outcome === 'originating' && last.has(call.id),
      );
      for (const { call, version } of cutOff)
        expect(await store.journal.advance(step(call, version))).toBe(0);
    });
  });
}
