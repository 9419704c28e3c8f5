import type { Cause } from '../../../calls/cause.ts';
import { causeText } from '../cause-texts.ts';

/** A channel as an event shows it. */
export interface AriChannel {
  readonly id: string;
  /** `PJSIP/101-00000001`, `Local/102@internal-00000001;1` */
  readonly name: string;
  /** `Down`, `Ringing`, `Up`, … */
  readonly state: string;
}

/** The events that a call is driven by and told from. ARI has many more; they are filtered out at the PBX, and passed over here. */
export type AriEvent =
  /** A channel of ours is in our hands: the first leg when it has answered, the others when they are made. */
  | {
      readonly type: 'StasisStart';
      readonly channel: AriChannel;
      readonly args: readonly string[];
      /** The channel in whose place it has come, by a transfer; '' where there is none. */
      readonly replacesId: string;
    }
  /** News of a channel that is being dialled: '', RINGING, ANSWER, BUSY, NOANSWER, … */
  | {
      readonly type: 'Dial';
      readonly peer: AriChannel;
      /** Whose dialplan dials; '' where we do. */
      readonly callerId: string;
      readonly status: string;
      /** The channel that is dialled in its place, as its phone forwards; '' where there is none. */
      readonly forwardedId: string;
    }
  | {
      readonly type: 'ChannelHangupRequest';
      readonly channel: AriChannel;
      /** Asked for at the PBX, by us or its administrator, and not by the other end of the channel. */
      readonly isSoft: boolean;
      readonly cause: Cause;
    }
  | { readonly type: 'ChannelDestroyed'; readonly channel: AriChannel; readonly cause: Cause }
  /** Somebody else has connected as our application, and gets our events now. */
  | { readonly type: 'ApplicationReplaced'; readonly app: string };

/** Their names, for the filter at the PBX. */
export const HEARD_EVENTS: readonly AriEvent['type'][] = [
  'StasisStart',
  'Dial',
  'ChannelHangupRequest',
  'ChannelDestroyed',
  'ApplicationReplaced',
];

type Json = Readonly<Record<string, unknown>>;

/** Reads one event. Undefined: another event, or none of the known form. */
export function readEvent(json: unknown): AriEvent | undefined {
  const event = objectOf(json);
  const channel = channelOf(event['channel']);
  switch (event['type']) {
    case 'StasisStart': {
      const args = Array.isArray(event['args']) ? event['args'].map(textOf) : [];
      return { type: 'StasisStart', channel, args, replacesId: channelOf(event['replace_channel']).id };
    }
    case 'Dial':
      return {
        type: 'Dial',
        peer: channelOf(event['peer']),
        callerId: channelOf(event['caller']).id,
        status: textOf(event['dialstatus']),
        forwardedId: channelOf(event['forwarded']).id,
      };
    case 'ChannelHangupRequest':
      return {
        type: 'ChannelHangupRequest',
        channel,
        isSoft: event['soft'] === true,
        cause: causeOf(event),
      };
    case 'ChannelDestroyed':
      return { type: 'ChannelDestroyed', channel, cause: causeOf(event) };
    case 'ApplicationReplaced':
      return { type: 'ApplicationReplaced', app: textOf(event['application']) };
    default:
      return undefined;
  }
}

/** Runs in the PBX's dialplan, and is what dials a phone there: one of the two halves of a channel. */
export function isLocal({ name }: Pick<AriChannel, 'name'>): boolean {
  return name.startsWith('Local/');
}

export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function channelOf(value: unknown): AriChannel {
  const channel = objectOf(value);
  return { id: textOf(channel['id']), name: textOf(channel['name']), state: textOf(channel['state']) };
}

/** `tech_cause` is there from 20.17, 22.7 and 23.1 on, and the SIP status where the channel speaks SIP. */
function causeOf(event: Json): Cause {
  const [q850, tech] = [numberOf(event['cause']), numberOf(event['tech_cause'])];
  const text = textOf(event['cause_txt']);
  return {
    ...(q850 === undefined ? {} : { q850 }),
    ...(tech === undefined || tech < 300 || tech > 699 ? {} : { sip: tech }),
    text: text === '' ? causeText(q850 ?? 0) : text,
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}
