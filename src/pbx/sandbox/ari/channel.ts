import type { Party } from '../ami/channel.ts';

/** What an endpoint such as `PJSIP/101` or `Local/102@internal/n` leads to. */
export interface Target {
  readonly tech: 'PJSIP' | 'Local';
  readonly number: string;
  /** Of a Local one; '' of a phone. */
  readonly context: string;
}

/** One live channel; of a Local one, the half that ARI deals with. */
export interface AriChannel {
  readonly id: string;
  readonly name: string;
  readonly target: Target;
  readonly createdMicros: number;
  /** The Stasis application that it is in, or will be in when it has answered. */
  readonly app: string;
  readonly appArgs: readonly string[];
  readonly variables: Map<string, string>;
  state: 'Down' | 'Ringing' | 'Up';
  inStasis: boolean;
  caller: Party;
  connected: Party;
  account: string;
  bridgeId: string;
  /** The channels of the dialplan behind a Local one. */
  readonly behind: Behind | undefined;
  /** What the phones said that were rung for it, or for whom it is bridged with, by the names of their channels. */
  readonly phonesSaid: Map<string, PhoneSaid>;
  /** The application dials it, and not a request to dial it. */
  readonly isOriginated: boolean;
  /** Calls off everything that waits to happen to it. */
  readonly cancels: Set<() => void>;
  /** Calls off its absolute timeout. */
  cancelAbsolute: (() => void) | undefined;
}

/** One of the PBX's own channels, which ARI does not deal with. */
export interface Half {
  readonly id: string;
  readonly name: string;
  state: 'Down' | 'Ring' | 'Ringing' | 'Up' | 'Busy';
}

/** The half of a Local channel that runs the dialplan, and the phone that it dials. */
export interface Behind {
  readonly far: Half;
  readonly phone: Half;
  /** `DIALSTATUS`; '' while it dials, and where it never did. */
  dialStatus: string;
  /** What the half in the dialplan ends with, where that is not what its other half does. */
  cause: number | undefined;
  /** What the phone refused with. */
  refusal: { readonly cause: number; readonly tech_cause: number } | undefined;
  isOver: boolean;
}

/** What `HANGUPCAUSE` has of a phone. */
export interface PhoneSaid {
  readonly ast: string;
  readonly tech: string;
}

/** `PJSIP/101`, `Local/102@internal/n`; undefined: a technology that there is none of. */
export function readTarget(endpoint: string): Target | undefined {
  const local = /^Local\/([^@/]+)@([^/]+)(?:\/\w+)?$/i.exec(endpoint);
  if (local !== null) return { tech: 'Local', number: local[1] ?? '', context: local[2] ?? '' };
  const phone = /^PJSIP\/([^/]+)$/i.exec(endpoint);
  return phone === null ? undefined : { tech: 'PJSIP', number: phone[1] ?? '', context: '' };
}

/** The channel as ARI shows it. */
export function snapshot(channel: AriChannel): Record<string, unknown> {
  const { target } = channel;
  const shown = ({ name, number }: Party) => ({ name: plain(name), number: plain(number) });
  return {
    id: channel.id,
    name: channel.name,
    state: channel.state,
    protocol_id: '',
    caller: shown(channel.caller),
    connected: shown(channel.connected),
    accountcode: channel.account,
    dialplan: {
      context: target.context === '' ? 'internal' : target.context,
      exten: target.tech === 'Local' ? target.number : 's',
      priority: 1,
      app_name: channel.inStasis ? 'Stasis' : 'AppDial2',
      app_data: channel.inStasis ? [channel.app, ...channel.appArgs].join(',') : '(Outgoing Line)',
    },
    creationtime: ariTime(channel.createdMicros),
    language: 'en',
  };
}

/** A channel of the dialplan behind it, as ARI shows it. */
export function snapshotBehind(channel: AriChannel, { id, name, state }: Half): Record<string, unknown> {
  return { ...snapshot(channel), id, name, state };
}

/** `2026-11-23T08:12:06.454+0000` */
export function ariTime(micros: number): string {
  return new Date(micros / 1000).toISOString().replace('Z', '+0000');
}

function plain(text: string): string {
  return text === '<unknown>' ? '' : text;
}
