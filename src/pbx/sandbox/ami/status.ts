import type { ActionContext, Answer } from './actions.ts';
import { type Channel, snapshot } from './channel.ts';
import { echo, error, type Fields, type Request, success } from './message.ts';

/** `Status`: every channel, or the one that is asked for. */
export function listStatus(request: Request, { exchange }: ActionContext): Answer {
  const name = request.get('Channel');
  const wanted = name === '' ? undefined : exchange.find(name);
  if (name !== '' && wanted === undefined) return { reply: error(request, 'No such channel') };
  const channels = wanted === undefined ? exchange.live : [wanted];
  const nowMs = exchange.clock.monotonicMs();
  const count = String(channels.length);
  const end: Fields = [
    ['Event', 'StatusComplete'],
    ...echo(request),
    ['EventList', 'Complete'],
    ['ListItems', count],
    ['Items', count],
  ];
  return {
    reply: success(request, ['EventList', 'start'], ['Message', 'Channel status will follow']),
    more: [...channels.map((channel) => statusOf(channel, nowMs, request)), end],
  };
}

function statusOf(channel: Channel, nowMs: number, request: Request): Fields {
  return [
    ['Event', 'Status'],
    ['Privilege', 'Call'],
    ...snapshot(channel),
    ['Type', channel.type],
    ['DNID', ''],
    ['EffectiveConnectedLineNum', channel.connected.number],
    ['EffectiveConnectedLineName', channel.connected.name],
    ['TimeToHangup', '0'],
    ['BridgeID', channel.bridgeId],
    ['Application', channel.application || 'AppDial'],
    ['Data', channel.data || '(Outgoing Line)'],
    ['Nativeformats', '(ulaw)'],
    ['Readformat', 'ulaw'],
    ['Readtrans', ''],
    ['Writeformat', 'ulaw'],
    ['Writetrans', ''],
    ['Callgroup', '0'],
    ['Pickupgroup', '0'],
    ['Seconds', String(Math.floor((nowMs - channel.bornMs) / 1000))],
    ...echo(request),
  ];
}
