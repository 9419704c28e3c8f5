/*
 * The process that the crash test kills: opens and records calls, 32 at a time, and says what had resolved.
 * A line that the kill swallows is one check less, not a wrong one.
 * Usage: crash-child.ts <url> <tenant id>
 */
import { openStore } from '../open-store.ts';
import { entry, opening, step } from './samples.ts';

const [, , url = '', tenantId = ''] = process.argv;
const store = await openStore({ url });

async function work(): Promise<never> {
  for (;;) {
    const made = opening(tenantId);
    await store.journal.open(made);
    process.stdout.write(`opened ${made.call.id}\n`);
    await store.journal.advance(step(made.call, 1, { entries: [entry('sent'), entry('answer')] }));
    process.stdout.write(`recorded ${made.call.id}\n`);
  }
}

await Promise.all(Array.from({ length: 32 }, work));
