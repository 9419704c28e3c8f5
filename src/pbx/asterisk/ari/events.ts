/** The events that a call is driven by. ARI has many more; they are filtered out at the PBX, and passed over here. */
export type AriEvent =
  /** A channel of ours is in our hands: the first leg when it has answered, the others when they are made. */
  | {
      readonly type: 'StasisStart';
      readonly channelId: string;
      /** `PJSIP/101-00000001` */
      readonly channelName: string;
      readonly args: readonly string[];
    }
  /** News of a channel that is being dialled: '', RINGING, ANSWER, BUSY, NOANSWER, … */
  | { readonly type: 'Dial'; readonly channelId: string; readonly status: string }
  | { readonly type: 'ChannelDestroyed'; readonly channelId: string }
  /** Somebody else has connected as our application, and gets our events now. */
  | { readonly type: 'ApplicationReplaced'; readonly app: string };

/** Their names, for the filter at the PBX. */
export const HEARD_EVENTS: readonly AriEvent['type'][] = [
  'StasisStart',
  'Dial',
  'ChannelDestroyed',
  'ApplicationReplaced',
];

type Json = Readonly<Record<string, unknown>>;

/** Reads one event. Undefined: another event, or none of the known form. */
export function readEvent(json: unknown): AriEvent | undefined {
  const event = objectOf(json);
  const channel = objectOf(event['channel']);
  const channelId = textOf(channel['id']);
  switch (event['type']) {
    case 'StasisStart': {
      const args = Array.isArray(event['args']) ? event['args'].map(textOf) : [];
      return { type: 'StasisStart', channelId, channelName: textOf(channel['name']), args };
    }
    case 'Dial':
      return {
        type: 'Dial',
        channelId: textOf(objectOf(event['peer'])['id']),
        status: textOf(event['dialstatus']),
      };
    case 'ChannelDestroyed':
      return { type: 'ChannelDestroyed', channelId };
    case 'ApplicationReplaced':
      return { type: 'ApplicationReplaced', app: textOf(event['application']) };
    default:
      return undefined;
  }
}

export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
