import { type Party, parseParty } from './channel.ts';
import { type Fields, isTrue, type Request } from './message.ts';
import { parseVariables, type Variable } from './variables.ts';

/** Whom to ring: `PJSIP/101` is an endpoint, `Local/101@internal/n` a number of the dialplan. */
type Target =
  | { readonly tech: 'PJSIP'; readonly number: string }
  | { readonly tech: 'Local'; readonly number: string; readonly context: string }
  /** What the dialplan dials where an order names an extension. */
  | { readonly tech: 'exten'; readonly number: string }
  /** A technology that the sandbox has not: never rings. */
  | { readonly tech: 'none'; readonly number: string };

/** What the first channel does once it was answered. */
export type Second =
  | { readonly does: 'dial'; readonly target: Target; readonly timeoutMs: number }
  | { readonly does: 'wait'; readonly forMs: number }
  | { readonly does: 'nothing' };

/** An accepted Originate. */
export interface Order {
  readonly actionId: string;
  /** The `Channel` header as it came: what a failed `OriginateResponse` names. */
  readonly channel: string;
  readonly first: Target;
  /** Ours to choose, or '': then the exchange does. */
  readonly channelId: string;
  readonly otherChannelId: string;
  readonly timeoutMs: number;
  readonly second: Second;
  /** What `OriginateResponse` says that the channel runs. */
  readonly runs: Fields;
  readonly context: string;
  readonly callerId: Party | undefined;
  readonly account: string;
  readonly variables: readonly Variable[];
  readonly async: boolean;
}

/**
 * How long the dialplan itself lets a phone ring. No shorter than the longest timeout that an order may have, so that
 * the order's own is the one that is felt.
 */
const DIALPLAN_RING_MS = 600_000;

/** An order that passed `refusalOf`. */
export function readOrder(request: Request): Order {
  const application = request.get('Application');
  const context = request.get('Context');
  const exten = request.get('Exten');
  const callerId = request.get('CallerID');
  const second: Second =
    application !== ''
      ? readApplication(application, request.get('Data'))
      : exten !== '' && context !== '' && request.get('Priority') !== ''
        ? { does: 'dial', target: { tech: 'exten', number: exten }, timeoutMs: DIALPLAN_RING_MS }
        : { does: 'nothing' };
  return {
    actionId: request.get('ActionID'),
    channel: request.get('Channel'),
    first: readTarget(request.get('Channel')),
    channelId: request.get('ChannelId'),
    otherChannelId: request.get('OtherChannelId'),
    timeoutMs: Number.parseInt(request.get('Timeout') || '30000', 10),
    second,
    runs:
      application === ''
        ? [
            ['Context', context],
            ['Exten', exten],
          ]
        : [
            ['Application', application],
            ['Data', request.get('Data')],
          ],
    context: second.does === 'dial' && second.target.tech === 'Local' ? second.target.context : context,
    callerId: callerId === '' ? undefined : parseParty(callerId),
    account: request.get('Account'),
    variables: parseVariables(request.all('Variable')),
    async: isTrue(request.get('Async')),
  };
}

function readTarget(channel: string): Target {
  const local = /^Local\/([^@/]+)@([^/]+)(\/\w+)?$/i.exec(channel);
  if (local !== null) return { tech: 'Local', number: local[1] ?? '', context: local[2] ?? '' };
  const phone = /^PJSIP\/(.+)$/i.exec(channel);
  if (phone !== null) return { tech: 'PJSIP', number: phone[1] ?? '' };
  return { tech: 'none', number: channel.slice(channel.indexOf('/') + 1) };
}

/** `Dial` with `<channel>,<seconds>`; `Wait` with `<seconds>`. Any other application ends at once. */
function readApplication(application: string, data: string): Second {
  const [what = '', seconds = ''] = data.split(',');
  if (/^dial$/i.test(application)) {
    const ringMs = seconds === '' ? DIALPLAN_RING_MS : Math.min(Number(seconds) * 1000, DIALPLAN_RING_MS);
    return {
      does: 'dial',
      target: readTarget(what),
      timeoutMs: Number.isFinite(ringMs) ? ringMs : DIALPLAN_RING_MS,
    };
  }
  if (/^wait$/i.test(application)) return { does: 'wait', forMs: (Number(what) || 0) * 1000 };
  return { does: 'nothing' };
}
