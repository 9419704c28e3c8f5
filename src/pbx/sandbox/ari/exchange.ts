import type { Clock } from '../../../kit/clock.ts';
import { NOBODY, parseParty } from '../ami/channel.ts';
import { causeText } from '../causes.ts';
import { findEndpoint } from '../endpoints.ts';
import { CUT_AFTER_MS, findNumber, type Behaviour } from '../numbers.ts';
import type { Timers } from '../timers.ts';
import type { Apps } from './apps.ts';
import { snapshot, type AriChannel, type Target } from './channel.ts';
import type { Witness } from './witness.ts';

export interface NewChannel {
  readonly id: string;
  readonly target: Target;
  readonly app: string;
  readonly appArgs: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** The channels and bridges of the PBX, and what happens to them by themselves. */
export class AriExchange {
  readonly channels = new Map<string, AriChannel>();
  readonly bridges = new Set<string>();
  readonly apps: Apps;
  readonly timers: Timers;
  readonly witness: Witness;
  readonly #clock: Clock;
  #made = 0;

  constructor(clock: Clock, timers: Timers, apps: Apps, witness: Witness) {
    this.#clock = clock;
    this.timers = timers;
    this.apps = apps;
    this.witness = witness;
  }

  add({ id, target, app, appArgs, variables }: NewChannel): AriChannel {
    const number = String(this.#made++).padStart(8, '0');
    const endpoint = findEndpoint(target.number);
    const channel: AriChannel = {
      id: id === '' ? `${Math.floor(this.#clock.nowMicros() / 1_000_000)}.${number}` : id,
      name:
        target.tech === 'PJSIP'
          ? `PJSIP/${target.number}-${number}`
          : `Local/${target.number}@${target.context}-${number};1`,
      target,
      createdMicros: this.#clock.nowMicros(),
      app,
      appArgs,
      variables: new Map(),
      state: 'Down',
      inStasis: false,
      caller: NOBODY,
      connected: NOBODY,
      account: target.tech === 'PJSIP' ? (endpoint?.accountCode ?? '') : '',
      bridgeId: '',
      cancels: new Set(),
      cancelAbsolute: undefined,
    };
    this.channels.set(channel.id, channel);
    for (const [name, value] of Object.entries(variables)) this.setVariable(channel, name, value);
    return channel;
  }

  setVariable(channel: AriChannel, name: string, value: string): void {
    if (name === 'CALLERID(all)') channel.caller = parseParty(value);
    else if (name === 'CONNECTEDLINE(all,i)') channel.connected = parseParty(value);
    else if (name === 'CHANNEL(accountcode)') channel.account = value;
    else if (name === 'TIMEOUT(absolute)') this.#limit(channel, Number(value));
    channel.variables.set(name, value);
  }

  /** Runs `then` after a while, unless the channel is gone by then. */
  later(channel: AriChannel, ms: number, then: () => void): () => void {
    const cancel = this.timers.after(ms, () => {
      channel.cancels.delete(cancel);
      then();
    });
    channel.cancels.add(cancel);
    return cancel;
  }

  tell(channel: AriChannel, type: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.apps.tell(channel.app, type, { channel: snapshot(channel), ...fields });
  }

  /** Gives the channel into its application's hands; nobody there: it is dropped, as Asterisk does. */
  enterStasis(channel: AriChannel): void {
    if (!this.apps.isHeard(channel.app)) return this.destroy(channel, 0);
    channel.inStasis = true;
    this.tell(channel, 'StasisStart', { args: channel.appArgs });
  }

  setState(channel: AriChannel, state: AriChannel['state']): void {
    channel.state = state;
    this.tell(channel, 'ChannelStateChange');
    if (state === 'Up') this.talkIfJoined(channel.bridgeId);
  }

  /** Both sides of a bridge are there: the shorter of the two talks ends it; with equal ones the later to join. */
  talkIfJoined(bridgeId: string): void {
    const members = this.membersOf(bridgeId);
    const [first, second] = members;
    if (bridgeId === '' || first === undefined || second === undefined) return;
    if (members.some(({ state }) => state !== 'Up')) return;
    this.witness.connected(members.map(({ id }) => id));
    const [one, other] = [talkOf(first), talkOf(second)];
    const leaves = one < other ? first : second;
    if (members.some(({ target }) => findNumber(target.number)?.order === 'cuts'))
      this.later(first, CUT_AFTER_MS, () => this.apps.cut(first.app));
    this.later(leaves, Math.min(one, other), () => this.destroy(leaves, 16));
  }

  membersOf(bridgeId: string): AriChannel[] {
    return [...this.channels.values()].filter((channel) => bridgeId !== '' && channel.bridgeId === bridgeId);
  }

  destroy(channel: AriChannel, cause: number): void {
    if (!this.channels.delete(channel.id)) return;
    for (const cancel of channel.cancels) cancel();
    channel.cancelAbsolute?.();
    if (channel.inStasis) this.tell(channel, 'StasisEnd');
    this.tell(channel, 'ChannelDestroyed', { cause, cause_txt: causeText(cause) });
    this.witness.ended(channel.id, cause);
  }

  #limit(channel: AriChannel, seconds: number): void {
    channel.cancelAbsolute?.();
    channel.cancelAbsolute = undefined;
    if (!(seconds > 0)) return;
    channel.cancelAbsolute = this.timers.after(seconds * 1000, () => this.destroy(channel, 0));
  }
}

function talkOf(channel: AriChannel): number {
  const phone: Behaviour | undefined = findNumber(channel.target.number)?.phone;
  return phone?.does === 'answers' ? phone.talksMs : Infinity;
}
