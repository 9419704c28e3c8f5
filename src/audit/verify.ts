import { INSTALLATION } from './act.ts';
import { ChainCheck, type AuditEntry } from './chain.ts';
import type { AuditStore } from './ports.ts';

const PAGE = 1_000;

export interface Verified {
  /** The last entry's position and hash. Who keeps them elsewhere can tell later that a log was not written anew. */
  readonly position: number;
  readonly hash: string;
  /** What is wrong, in the order of the log: `entry 7 was altered …`. Empty: the log is whole. */
  readonly breaks: readonly string[];
}

/** Reads a whole log, while others may write to it, and holds it against itself. @param see is shown each entry */
export async function verifyLog(
  store: AuditStore,
  log: string,
  see: (entry: AuditEntry) => void,
): Promise<Verified> {
  const check = new ChainCheck();
  for (;;) {
    // An entry and the head that tells of it come together: what a head tells of can be read after it.
    const head = await store.head(log);
    const page = await store.entriesAfter(log, check.position, PAGE);
    for (const entry of page) {
      see(entry);
      check.entry(entry);
    }
    if (page.length === 0) {
      check.end(head);
      return { position: check.position, hash: check.hash, breaks: check.breaks };
    }
  }
}

export interface VerifiedLog extends Verified {
  readonly log: string;
}

/**
 * Verifies the installation's log, and then that of each account that it tells of or that has one: of an account whose log
 * was taken away as a whole the installation's own still tells.
 */
export async function* verifyAll(
  store: AuditStore,
  see: (entry: AuditEntry) => void,
): AsyncGenerator<VerifiedLog> {
  const made = new Set<string>();
  const first = await verifyLog(store, INSTALLATION, (entry) => {
    see(entry);
    if (entry.action === 'account.create') made.add(entry.subject);
  });
  yield { log: INSTALLATION, ...first };
  for (const log of new Set([...made, ...(await store.logs())])) {
    if (log === INSTALLATION) continue;
    const verified = await verifyLog(store, log, see);
    const isGone = verified.position === 0 && verified.breaks.length === 0;
    yield { log, ...verified, breaks: isGone ? ['the whole log is missing'] : verified.breaks };
  }
}
