import { rfc3339 } from '../../kit/clock.ts';
import type { Freeze } from './ports.ts';

/** As commands and `/v3` show it beside a key; null: it is not frozen. */
export function presentFreeze(freeze: Freeze | undefined): { since: string; reason: string } | null {
  if (freeze?.frozenAtMicros === undefined) return null;
  return { since: rfc3339(freeze.frozenAtMicros), reason: freeze.reason };
}
