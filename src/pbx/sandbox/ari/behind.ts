import { causeText } from '../causes.ts';
import { snapshotBehind, type AriChannel, type Behind } from './channel.ts';
import type { AriExchange } from './exchange.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the half that runs the dialplan is told to do when its other half ends, and the other way round. */
const SOFT = { cause: 16, soft: true };

/** Of the half in the dialplan hears who has originated the channel, and nobody who has created it (22.10.1). */
function tellFar(exchange: AriExchange, channel: AriChannel, type: string, fields: Fields): void {
  if (channel.behind === undefined || !channel.isOriginated) return;
  exchange.apps.tell(channel.app, type, { channel: snapshotBehind(channel, channel.behind.far), ...fields });
}

/** Of the phone hears who has asked to. */
export function tellPhone(exchange: AriExchange, channel: AriChannel, type: string, fields: Fields): void {
  const { behind, app } = channel;
  if (behind === undefined || !exchange.apps.isSubscribed(app, behind.phone.id)) return;
  exchange.apps.tell(app, type, { channel: snapshotBehind(channel, behind.phone), ...fields });
}

/** News of the phone, which the half in the dialplan dials. */
export function tellPhoneDial(exchange: AriExchange, channel: AriChannel, dialstatus: string): void {
  const { behind, app, isOriginated } = channel;
  if (behind === undefined || !isOriginated) return;
  const [caller, peer] = [behind.far, behind.phone].map((half) => snapshotBehind(channel, half));
  const dialstring = dialstatus === '' ? behind.phone.name.replace(/^PJSIP\/|-\w+$/g, '') : '';
  exchange.apps.tell(app, 'Dial', { caller, peer, dialstatus, forward: '', dialstring });
}

/** The half that ARI deals with ends, and takes the rest with it. `tellOwnEnd` tells of that half itself. */
export function nearEnds(
  exchange: AriExchange,
  channel: AriChannel,
  cause: number,
  tellOwnEnd: () => void,
): void {
  const { behind } = channel;
  if (behind === undefined || behind.isOver) return tellOwnEnd();
  tellFar(exchange, channel, 'ChannelHangupRequest', { cause });
  tellOwnEnd();
  if (behind.phone.state === 'Ringing') tellPhoneDial(exchange, channel, 'CANCEL');
  tellFar(exchange, channel, 'ChannelHangupRequest', SOFT);
  over(exchange, channel, behind, behind.cause ?? cause);
}

/** The dialplan comes to its end, as the phone has left; and so does the half that ARI deals with. */
export function farEnds(exchange: AriExchange, channel: AriChannel, cause: number): void {
  const { behind } = channel;
  if (behind === undefined) return;
  if (behind.phone.state === 'Up') tellPhone(exchange, channel, 'ChannelHangupRequest', { cause });
  tellFar(exchange, channel, 'ChannelHangupRequest', SOFT);
  exchange.tell(channel, 'ChannelHangupRequest', { cause });
  if (channel.isOriginated && channel.state !== 'Up') exchange.tellDial(channel, 'NOANSWER');
  over(exchange, channel, behind, cause);
  exchange.destroy(channel, { cause });
}

function over(exchange: AriExchange, channel: AriChannel, behind: Behind, cause: number): void {
  behind.isOver = true;
  const ended = { cause, cause_txt: causeText(cause) };
  tellFar(exchange, channel, 'ChannelDestroyed', ended);
  const refused = behind.refusal && { ...behind.refusal, cause_txt: causeText(behind.refusal.cause) };
  tellPhone(exchange, channel, 'ChannelDestroyed', refused ?? ended);
  exchange.apps.unsubscribe(behind.phone.id);
}
