import type { Frame, SessionDeps } from '../../contract.ts';
import { askForReason } from './ask-for-reason.ts';
import { firstOfFarHalf, secondOf } from './channel-ids.ts';
import type { AriReader } from './event-reader.ts';
import { isLocal, type AriChannel, type AriEvent } from './events.ts';
import { needsReason } from './followed-call.ts';
import {
  dialSecond,
  endCall,
  endChannel,
  endWith,
  followChannel,
  letTalk,
  makeSecond,
} from './join-second.ts';
import { repair, standInsOf, takeInventory } from './repair.ts';
import type { AriConnection } from './rest.ts';
import { decodeSecondLeg } from './second-leg.ts';

/** The words of a dial that came to nothing. Any other is on its way, or ANSWER. */
const DIAL_FAILED = new Set([
  'BUSY',
  'CANCEL',
  'CHANUNAVAIL',
  'CONGESTION',
  'DONTCALL',
  'NOANSWER',
  'TORTURE',
]);

type Of<Type extends AriEvent['type']> = Extract<AriEvent, { type: Type }>;

/**
 * Takes the calls of an application from the first leg's answer to the end: second leg, talk, and the hang-up of one
 * side for the other; and tells what its events say of them. What it does needs no memory: all stands in the events and in the
 * ids, so that calls which another process of ours began are taken further too. What its reader knows spares requests.
 */
export class Conductor {
  readonly #deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>;
  readonly #reader: AriReader;
  /** Calls whose first channel is being asked why the second leg came to nothing. */
  readonly #asking = new Map<string, Promise<void>>();

  constructor(deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>, reader: AriReader) {
    this.#deps = deps;
    this.#reader = reader;
  }

  /**
   * Never throws: what the PBX does not do is written to the log, and the call is ended.
   * @param raw the event as it came
   */
  hear(event: AriEvent, raw: string, connection: AriConnection): void {
    const work = this.#workOf(event, connection);
    const frame: Frame = { direction: 'received', atMicros: this.#deps.clock.nowMicros(), raw };
    for (const told of this.#reader.hear(event, frame)) this.#deps.emit(told);
    work?.();
  }

  /** Sees to what happened while nobody heard: a call of which one side is gone ends now. */
  resume(connection: AriConnection): void {
    this.#do('', async () => {
      const before = this.#reader.alive();
      const inventory = await takeInventory(connection);
      this.#reader.miss(before.filter((id) => !inventory.channels.has(id)));
      for (const { firstId, side, channelId } of standInsOf(inventory))
        this.#reader.noteStandIn(firstId, side, channelId);
      await repair(connection, inventory);
    });
  }

  /** What there is to be done, in view of what was known before the event. */
  #workOf(event: AriEvent, connection: AriConnection): (() => void) | undefined {
    switch (event.type) {
      case 'StasisStart':
        return () => this.#started(event, connection);
      case 'Dial':
        return () => this.#dialled(event, connection);
      case 'ChannelDestroyed':
        return this.#reader.sideOf(event.channel.id) === 'first'
          ? this.#afterFirst(event, connection)
          : this.#afterSecond(event, connection);
      case 'ChannelHangupRequest':
      case 'ApplicationReplaced':
        return undefined;
    }
  }

  #started({ channel, args, replacesId }: Of<'StasisStart'>, connection: AriConnection): void {
    const firstId = this.#reader.callOf(channel.id);
    if (firstId === undefined) return;
    if (replacesId !== '')
      // A transfer: who transferred is out of it, and the call goes on.
      return this.#do(firstId, async () => {
        await Promise.all([followChannel(connection, channel.id), endChannel(connection, replacesId)]);
      });
    const leg = decodeSecondLeg(args[0] ?? '');
    if (this.#reader.sideOf(channel.id) === 'first' && leg !== undefined)
      this.#doOrEnd(firstId, connection, () => makeSecond(connection, { firstId, channel }, leg));
    const seconds = Number(args[0]);
    if (channel.id === secondOf(firstId) && seconds > 0)
      this.#doOrEnd(firstId, connection, () =>
        dialSecond(connection, firstId, this.#reader.channelOf(firstId, 'first'), seconds),
      );
  }

  #dialled({ peer, callerId, status }: Of<'Dial'>, connection: AriConnection): void {
    const dialling = firstOfFarHalf(callerId);
    if (dialling !== undefined && status === '') this.#do(dialling, () => followChannel(connection, peer.id));
    if (this.#reader.sideOf(peer.id) !== 'second') return;
    const firstId = this.#reader.callOf(peer.id) ?? '';
    if (status === 'ANSWER') this.#do(firstId, () => letTalk(connection, firstId));
    // A phone that is dialled straight ends by itself, and says why; a Local channel may go on playing its tone.
    if (DIAL_FAILED.has(status) && isLocal(peer))
      this.#do(firstId, async () => {
        await this.#ask(firstId, peer, status, connection);
        await endChannel(connection, peer.id);
      });
  }

  #afterFirst({ channel: { id, state } }: Of<'ChannelDestroyed'>, connection: AriConnection) {
    const firstId = this.#reader.callOf(id) ?? '';
    // Without its answer there never was another channel; and where the second leg went first, all is done.
    if (state !== 'Up' || this.#reader.standingOf(firstId, 'second') === 'over') return undefined;
    const second = this.#reader.channelOf(firstId, 'second');
    return () => this.#do(firstId, () => endWith(connection, firstId, second));
  }

  #afterSecond(event: Of<'ChannelDestroyed'>, connection: AriConnection) {
    const { channel } = event;
    if (this.#reader.sideOf(channel.id) !== 'second') return undefined;
    const firstId = this.#reader.callOf(channel.id) ?? '';
    if (this.#reader.standingOf(firstId, 'first') === 'over') return undefined;
    const first = this.#reader.channelOf(firstId, 'first');
    const isToAsk = needsReason(event) && !this.#reader.knowsReason(firstId);
    return () =>
      this.#do(firstId, async () => {
        if (isToAsk) await this.#ask(firstId, channel, '', connection);
        await endWith(connection, firstId, first);
      });
  }

  /** Once at a time: that the second leg came to nothing may be told twice. */
  #ask(first: string, second: AriChannel, word: string, connection: AriConnection): Promise<void> {
    const asking =
      this.#asking.get(first) ??
      askForReason(connection, first, second, word)
        .then((frames) => this.#hearAnswers(frames))
        .catch((error: unknown) => this.#deps.log.debug({ err: error }, 'A channel could not be asked.'))
        .finally(() => this.#asking.delete(first));
    this.#asking.set(first, asking);
    return asking;
  }

  #hearAnswers(frames: readonly Frame[]): void {
    for (const frame of frames)
      for (const told of this.#reader.read(frame.raw, frame.atMicros)) this.#deps.emit({ ...told, frame });
  }

  #doOrEnd(call: string, connection: AriConnection, work: () => Promise<void>): void {
    this.#do(call, () =>
      work().catch(async (error: unknown) => {
        await endCall(connection, call);
        throw error;
      }),
    );
  }

  #do(call: string, work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      const said = error instanceof Error ? error.message : String(error);
      this.#deps.log.warn({ call, said }, 'A call could not be taken further.');
    });
  }
}
