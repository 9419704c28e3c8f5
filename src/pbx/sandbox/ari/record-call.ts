import { newId } from '../../../kit/ids.ts';
import type { RecordedCall } from './recorded-calls.ts';
import type { SeenEvent, TestAri } from './test-client.ts';

const TOLD = new Set(['StasisStart', 'StasisEnd', 'Dial', 'ChannelHangupRequest', 'ChannelDestroyed']);

/** How the two legs are reached where the call is made: `PJSIP/101`, `Local/102@internal/n`. */
export interface Endpoints {
  readonly first: string;
  readonly second: string;
  /** How long each may ring. */
  readonly seconds: number;
}

/** Makes such a call with a bare client, and gives what its channels told, by channel. Of the second's call that channel's alone. */
export async function record(
  ari: TestAri,
  call: RecordedCall,
  endpoints: Endpoints,
): Promise<Record<string, string[]>> {
  const id = `c2c-${newId()}`;
  const second = `${id}.second`;
  const { app } = ari;
  const is = (channelId: string, type: string) => (event: SeenEvent) =>
    event.type === type && event.channel?.id === channelId;
  const dialled = (channelId: string, statuses: readonly string[]) => (event: SeenEvent) =>
    event.peer?.id === channelId && statuses.includes(event.dialstatus ?? '');
  await ari.request('POST', `channels/${id}`, { endpoint: endpoints.first, app, timeout: endpoints.seconds });
  let phone = '';
  if (call.firstBy === 'Local' && call.first !== 'absent') {
    phone = (await ari.until(({ caller }) => caller?.id === `${id};2`)).peer?.id ?? '';
    await ari.request(
      'POST',
      `applications/${app}/subscription?eventSource=channel:${encodeURIComponent(phone)}`,
    );
  }
  if (call.second !== undefined) {
    await ari.until(is(id, 'StasisStart'));
    await ari.request('POST', `bridges/${id}?type=mixing`);
    const made = { endpoint: endpoints.second, app, channelId: second, originator: id };
    await ari.request('POST', 'channels/create', made);
    await ari.until(is(second, 'StasisStart'));
    await ari.request('POST', `bridges/${id}/addChannel?channel=${id},${second}`);
    await ari.request('POST', `channels/${second}/dial?timeout=${endpoints.seconds}`);
    const tone = ari.until(dialled(second, ['BUSY', 'CONGESTION'])).then(() => 'tone');
    tone.catch(() => undefined);
    const end = ari.until(is(second, 'ChannelDestroyed')).then(() => 'end');
    if ((await Promise.race([tone, end])) === 'tone') await ari.request('DELETE', `channels/${second}`);
    await end;
    await ari.request('DELETE', `channels/${id}`);
    await ari.request('DELETE', `bridges/${id}`);
  }
  if (call.weEnd !== undefined) {
    await ari.until(dialled(call.weEnd.channel === 'first' ? id : second, [call.weEnd.at]));
    await ari.request('DELETE', `channels/${id}`);
  }
  await ari.until(is(id, 'ChannelDestroyed'));
  if (call.firstBy === 'Local') await ari.until(is(`${id};2`, 'ChannelDestroyed'));
  if (phone !== '') await ari.until(is(phone, 'ChannelDestroyed'));
  const names =
    call.second === undefined
      ? { [id]: 'first', [`${id};2`]: 'far', [phone]: 'phone' }
      : { [second]: 'second' };
  return byChannel(ari.events, names);
}

function byChannel(
  events: readonly SeenEvent[],
  names: Readonly<Record<string, string>>,
): Record<string, string[]> {
  const told: Record<string, string[]> = {};
  for (const event of events) {
    const name = names[(event.channel ?? event.peer)?.id ?? ''];
    if (name !== undefined && TOLD.has(event.type)) (told[name] ??= []).push(inShort(event));
  }
  return told;
}

function inShort({ type, dialstatus, cause, tech_cause: tech, soft }: SeenEvent): string {
  if (type === 'Dial') return `Dial ${dialstatus === '' ? "''" : dialstatus}`;
  const parts = [cause, tech === undefined ? undefined : `tech ${tech}`, soft === true ? 'soft' : undefined];
  return [type, ...parts.filter((part) => part !== undefined)].join(' ');
}
