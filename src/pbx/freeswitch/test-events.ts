import type { CallEvent } from '../contract.ts';
import { FreeswitchReader } from './events.ts';

export const CALL = '01a20743-6ace-7a8e-98cd-cfdcbfa14db5';

/** One event as it comes over the wire, values in URL encoding. */
export function rawEvent(name: string, fields: Readonly<Record<string, string>>, body = ''): string {
  const lines = Object.entries({ 'Event-Name': name, ...fields }).map(
    ([field, value]) => `${field}: ${encodeURIComponent(value)}\n`,
  );
  return body === ''
    ? `${lines.join('')}\n`
    : `${lines.join('')}Content-Length: ${Buffer.byteLength(body)}\n\n${body}`;
}

/** An event of a channel: of the first side where nobody called it. */
export function ofChannel(
  name: string,
  uuid: string,
  more: Readonly<Record<string, string>> = {},
  caller?: string,
): string {
  return rawEvent(name, {
    'Unique-ID': uuid,
    'Call-Direction': 'outbound',
    ...(caller === undefined ? {} : { 'Other-Type': 'originator', 'Other-Leg-Unique-ID': caller }),
    variable_click2call_id: CALL,
    ...more,
  });
}

export function job(result: string): string {
  const argument = `'{^^;click2call_id=${CALL}}user/101' 'm:^:transfer:102' inline`;
  const fields = { 'Job-UUID': CALL, 'Job-Command': 'originate', 'Job-Command-Arg': argument };
  return rawEvent('BACKGROUND_JOB', fields, `${result}\n`);
}

export function joined(one: string, other: string, more: Readonly<Record<string, string>> = {}): string {
  const members = { 'Bridge-A-Unique-ID': one, 'Bridge-B-Unique-ID': other };
  return ofChannel('CHANNEL_BRIDGE', one, { ...members, ...more });
}

export function hangup(
  uuid: string,
  cause: string,
  more: Readonly<Record<string, string>> = {},
  caller?: string,
): string {
  return ofChannel('CHANNEL_HANGUP', uuid, { 'Hangup-Cause': cause, ...more }, caller);
}

/** What a phone's own BYE leaves on its channel before it is hung up. */
export const BYE = { variable_sip_term_status: '200' };

export const BOTH_TALK = [
  ofChannel('CHANNEL_CREATE', CALL),
  ofChannel('CHANNEL_PROGRESS', CALL),
  ofChannel('CHANNEL_ANSWER', CALL),
  job(`+OK ${CALL}`),
  ofChannel('CHANNEL_CREATE', 'second', {}, CALL),
  ofChannel('CHANNEL_PROGRESS', 'second', {}, CALL),
  ofChannel('CHANNEL_ANSWER', 'second', {}, CALL),
  joined(CALL, 'second'),
];

/** The same as `readAll`, by a new reader of what was kept of it. */
export function replay(told: readonly CallEvent[]) {
  return readAll(told.flatMap(({ frame }) => (frame === undefined ? [] : [frame.raw])));
}

/** What a reader tells of events, one a second; and, in words, `first ringing`, `ended USER_BUSY/17/486`. */
export function readAll(raws: readonly string[], reader = new FreeswitchReader()) {
  const told = raws.flatMap((raw, index) => reader.read(raw, (index + 1) * 1_000_000));
  return { told, steps: told.map(inWords), reader };
}

function inWords({ fact }: CallEvent): string {
  const words = fact.type === 'leg' ? `${fact.side} ${fact.happened}` : fact.type;
  const cause = 'cause' in fact ? fact.cause : undefined;
  if (cause === undefined) return words;
  return [`${words} ${cause.text}`, cause.q850, cause.sip].filter((part) => part !== undefined).join('/');
}
