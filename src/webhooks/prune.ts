import { setImmediate as turn } from 'node:timers/promises';
import { idTimeBound } from '../kit/ids.ts';
import type { WebhookStore } from './ports.ts';

/** What was delivered, and what was given up, is kept for so long to be looked at and sent again. */
const KEEP_MICROS = 7 * 86_400_000_000;
const BITE = 200;
/** Behind every id. */
const ALL = 'g';

/** Deletes old deliveries, and all of removed webhooks, in bites between which others write. @throws StoreError */
export async function pruneDeliveries(store: WebhookStore, nowMicros: number): Promise<void> {
  const before = idTimeBound(nowMicros - KEEP_MICROS);
  for (const { id, isRemoved } of await store.prunable()) {
    while ((await store.prune(id, isRemoved ? ALL : before, BITE)) === BITE) await turn();
    if (isRemoved) await store.forget(id);
  }
}
