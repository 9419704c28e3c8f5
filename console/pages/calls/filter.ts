import { CALL_STATES, DISPOSITIONS } from '../../../contract/call-words.ts';
import type { Call } from '../../../contract/v3/call.ts';
import type { CallFilter } from '../../api/call-queries.ts';

/** The parameters of the console's own URL that say which calls are listed. */
const NAMES = ['search', 'state', 'disposition', 'pbx', 'key', 'from', 'to'] as const;

/** The filter that a URL says. What it says of no use is passed over. */
export function filterOf(search: Readonly<Record<string, unknown>>): CallFilter {
  const entries = NAMES.flatMap((name) => {
    const value = search[name];
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && text !== '' && isUsable(name, text) ? [[name, text] as const] : [];
  });
  return Object.fromEntries(entries);
}

function isUsable(name: (typeof NAMES)[number], text: string): boolean {
  if (name === 'state') return CALL_STATES.some((each) => each === text);
  if (name === 'disposition') return DISPOSITIONS.some((each) => each === text);
  if (name === 'from' || name === 'to') return !Number.isNaN(Date.parse(text));
  return text.length <= 200;
}

/**
 * Whether a call that was just told of belongs into the list; false where that can not be known here.
 * Numbers are compared by their digits: how they are written does not matter.
 */
export function isListed(call: Call, filter: CallFilter): boolean {
  const { state, disposition, pbx, key, search, from, to } = filter;
  const asked = Date.parse(call.asked_at);
  return (
    key === undefined &&
    (state === undefined || call.state === state) &&
    (disposition === undefined || call.disposition === disposition) &&
    (pbx === undefined || call.pbx === pbx) &&
    (search === undefined || isFound(call, search)) &&
    (from === undefined || asked >= Date.parse(from)) &&
    (to === undefined || asked < Date.parse(to))
  );
}

function isFound({ dial_first, dial_second, reference }: Call, search: string): boolean {
  const text = search.trim();
  const digits = digitsOf(text);
  const numbers = [dial_first, dial_second].map((each) => digitsOf(each ?? ''));
  return reference === text || (digits !== '' && numbers.includes(digits));
}

function digitsOf(text: string): string {
  return text.replace(/[^\d*#]/g, '');
}
