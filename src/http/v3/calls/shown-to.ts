import type { Call } from '../../../../contract/v3/call.ts';
import type { Principal } from '../../../access/keys.ts';
import { callForPages } from '../../../calls/call-for-pages.ts';
import { presentCall } from '../../../calls/present-call.ts';
import type { CallRecord } from '../../../switchboard/ports.ts';

/** A call as whoever asks may see it. */
export function shownTo({ kind }: Principal, call: CallRecord): Call {
  const shown = presentCall(call, call.life);
  return kind === 'publishable' ? callForPages(shown) : shown;
}
