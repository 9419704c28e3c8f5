import type { Clock } from '../../../kit/clock.ts';
import { parseParty } from '../ami/channel.ts';
import { causeText } from '../causes.ts';
import { CUT_AFTER_MS, findNumber, type Behaviour } from '../numbers.ts';
import type { Timers } from '../timers.ts';
import type { Apps } from './apps.ts';
import { snapshot, type AriChannel, type PhoneSaid } from './channel.ts';
import { ChannelMaker, type NewChannel } from './channel-maker.ts';
import { farEnds, nearEnds } from './behind.ts';
import type { AriFaults } from './faults.ts';
import type { Witness } from './witness.ts';

/** What a hang-up carries: a Q.850 cause, and the SIP status of a phone that gave one. */
export interface Cause {
  readonly cause?: number;
  readonly sip?: number;
}

/** The soft hang-up that everything asked for at the PBX itself is. */
const SOFT = { cause: 32, soft: true };

/** The channels and bridges of the PBX, and what happens to them by themselves. */
export class AriExchange {
  readonly channels = new Map<string, AriChannel>();
  readonly bridges = new Set<string>();
  readonly apps: Apps;
  readonly timers: Timers;
  readonly witness: Witness;
  readonly #maker: ChannelMaker;
  readonly #faults: AriFaults;

  constructor(clock: Clock, timers: Timers, apps: Apps, witness: Witness, faults: AriFaults) {
    this.#maker = new ChannelMaker(clock);
    this.#faults = faults;
    this.timers = timers;
    this.apps = apps;
    this.witness = witness;
  }

  add(wanted: NewChannel): AriChannel {
    const channel = this.#maker.make(wanted);
    this.channels.set(channel.id, channel);
    for (const [name, value] of Object.entries(wanted.variables)) this.setVariable(channel, name, value);
    return channel;
  }

  setVariable(channel: AriChannel, name: string, value: string): void {
    const [, wrapper, inside = ''] = /^(ARRAY|MASTER_CHANNEL)\((.*)\)$/.exec(name) ?? [];
    if (wrapper === 'ARRAY') return this.#setVariables(channel, inside.split(','), value.split(','));
    if (wrapper === 'MASTER_CHANNEL') return this.setVariable(this.#masterOf(channel), inside, value);
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

  /** News of a channel that is being dialled. */
  tellDial(channel: AriChannel, dialstatus: string): void {
    const fields = { peer: snapshot(channel), dialstatus, forward: '', dialstring: channel.target.number };
    this.apps.tell(channel.app, 'Dial', fields);
  }

  /** Gives the channel into its application's hands; nobody there: it is dropped, as Asterisk does. */
  enterStasis(channel: AriChannel): void {
    if (!this.apps.isHeard(channel.app)) return this.destroy(channel, { cause: 0 });
    channel.inStasis = true;
    this.tell(channel, 'StasisStart', { args: channel.appArgs });
  }

  setState(channel: AriChannel, state: AriChannel['state']): void {
    channel.state = state;
    this.tell(channel, 'ChannelStateChange');
    if (state === 'Up') this.talkIfJoined(channel.bridgeId);
  }

  /** What a phone said goes to whoever waits for it, over its bridge too. */
  notePhone(channel: AriChannel, phoneName: string, said: PhoneSaid): void {
    channel.phonesSaid.set(phoneName, said);
    const { lateReasonMs = 0 } = this.#faults;
    for (const each of this.membersOf(channel.bridgeId)) {
      const note = () => each.phonesSaid.set(phoneName, said);
      if (lateReasonMs === 0) note();
      else this.later(each, lateReasonMs, note);
    }
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
    this.later(leaves, Math.min(one, other), () => this.phoneHangsUp(leaves));
  }

  membersOf(bridgeId: string): AriChannel[] {
    return [...this.channels.values()].filter((channel) => bridgeId !== '' && channel.bridgeId === bridgeId);
  }

  /** The phone at the other end hangs up after its answer; of a Local channel that is told by its half in the dialplan. */
  phoneHangsUp(channel: AriChannel): void {
    if (channel.behind !== undefined) return farEnds(this, channel, 16);
    this.tell(channel, 'ChannelHangupRequest');
    // Only a bridge gives a cause to a hang-up that brings none.
    this.destroy(channel, { cause: channel.bridgeId === '' ? 0 : 16 });
  }

  /** A request, or the end of its time, ends the channel. */
  release(channel: AriChannel, cause: Cause = { cause: 16 }): void {
    const isRequest = cause.cause === 16;
    if (isRequest || channel.inStasis) this.tell(channel, 'ChannelHangupRequest', SOFT);
    if (isRequest && channel.isOriginated && channel.state !== 'Up') this.tellDial(channel, 'NOANSWER');
    this.destroy(channel, cause);
  }

  /** Ends the channel, whoever asked for it, and tells so. */
  destroy(channel: AriChannel, { cause = 0, sip }: Cause): void {
    if (!this.channels.delete(channel.id)) return;
    for (const cancel of channel.cancels) cancel();
    channel.cancelAbsolute?.();
    if (channel.inStasis) this.tell(channel, 'StasisEnd');
    const tech = sip === undefined ? {} : { tech_cause: sip };
    const ended = { cause, cause_txt: causeText(cause), ...tech };
    nearEnds(this, channel, cause, () => this.tell(channel, 'ChannelDestroyed', ended));
    this.witness.ended(channel.id, cause);
  }

  #setVariables(channel: AriChannel, names: readonly string[], values: readonly string[]): void {
    for (const [at, name] of names.entries()) this.setVariable(channel, name, values[at] ?? '');
  }

  /** The channel that the others of its call were made for. */
  #masterOf(channel: AriChannel): AriChannel {
    return this.channels.get(channel.variables.get('ORIGINATOR') ?? '') ?? channel;
  }

  #limit(channel: AriChannel, seconds: number): void {
    channel.cancelAbsolute?.();
    channel.cancelAbsolute = undefined;
    if (!(seconds > 0)) return;
    channel.cancelAbsolute = this.timers.after(seconds * 1000, () => this.destroy(channel, { cause: 0 }));
  }
}

function talkOf(channel: AriChannel): number {
  const phone: Behaviour | undefined = findNumber(channel.target.number)?.phone;
  return phone?.does === 'answers' ? phone.talksMs : Infinity;
}
