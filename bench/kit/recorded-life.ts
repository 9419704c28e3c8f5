import { readFileSync } from 'node:fs';

/** What a PBX tells of a call that it has taken: its end alone, how it came to a talk, or its life from beginning to end. */
export type Telling = 'end' | 'talk' | 'life';

interface Captured {
  readonly call: { readonly id: string };
  readonly journal: readonly { readonly kind: string; readonly data: { readonly raw: string } }[];
}

const FILE = new URL('../../test/journals/asterisk-ami-answered.json', import.meta.url);

/**
 * The events of an answered call, as a real Asterisk told them, with another channel id: `told('c2c-…')`.
 *
 * @param telling up to where; a call that came to a talk goes on for ever
 */
export function recordedLife(telling: 'talk' | 'life'): (channelId: string) => string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { call, journal } = JSON.parse(readFileSync(FILE, 'utf8')) as Captured;
  const heard = journal.filter(({ kind }) => kind === 'heard').map(({ data }) => data.raw);
  const end = heard.findIndex((raw) => raw.startsWith('Event: Hangup'));
  const text = heard
    .slice(0, telling === 'talk' ? end : undefined)
    .map((raw) => `${raw}\r\n\r\n`)
    .join('');
  const parts = text.split(`c2c-${call.id}`);
  return (channelId) => parts.join(channelId);
}
