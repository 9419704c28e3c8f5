import type { Call } from '../../../contract/v3/call.ts';
import type { JournalEntry } from '../../../contract/v3/journal.ts';
import type { Pbx } from '../../../contract/v3/pbxs.ts';

/** Everything about a call that is no secret, as `click2call replay` reads it: a bug report becomes a test. */
export function bugReport(call: Call, journal: readonly JournalEntry[], pbx: Pbx | undefined): string {
  const { driver = null, settings = null } = pbx ?? {};
  return JSON.stringify({ call, driver, settings, journal }, null, 1);
}
