import type { SessionDeps } from '../../contract.ts';
import { firstOf, isFirst } from './channel-ids.ts';
import type { AriEvent } from './events.ts';
import { dialSecond, endCall, endFirst, endRest, letTalk, makeSecond } from './join-second.ts';
import { repair } from './repair.ts';
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

/**
 * Takes the calls of an application from the first leg's answer to the end: second leg, talk, and the hang-up of one
 * side for the other. It remembers nothing: all that it needs stands in the events and in the ids, so that calls which
 * another process of ours began are taken further too, and there is nothing to bound.
 */
export class Conductor {
  readonly #deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>;

  constructor(deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>) {
    this.#deps = deps;
  }

  /** Never throws: what the PBX does not do is written to the log, and the call is ended. */
  hear(event: AriEvent, connection: AriConnection): void {
    switch (event.type) {
      case 'StasisStart':
        return this.#started(event, connection);
      case 'Dial': {
        const first = firstOf(event.channelId);
        if (first === undefined) return;
        if (event.status === 'ANSWER') this.#do(first, () => letTalk(connection, first));
        if (DIAL_FAILED.has(event.status)) this.#do(first, () => endFirst(connection, first));
        return;
      }
      case 'ChannelDestroyed':
        return this.#destroyed(event.channelId, connection);
      case 'ApplicationReplaced':
        return;
    }
  }

  /** Sees to what happened while nobody heard: a call of which one side is gone ends now. */
  resume(connection: AriConnection): void {
    this.#do('', () => repair(connection));
  }

  #started(event: Extract<AriEvent, { type: 'StasisStart' }>, connection: AriConnection): void {
    const { channelId: id, channelName: name, args } = event;
    const leg = decodeSecondLeg(args[0] ?? '');
    if (isFirst(id) && leg !== undefined)
      this.#doOrEnd(id, connection, () => makeSecond(connection, { id, name }, leg));
    const first = firstOf(id);
    const seconds = Number(args[0]);
    if (first !== undefined && seconds > 0)
      this.#doOrEnd(first, connection, () => dialSecond(connection, first, seconds));
  }

  #destroyed(channelId: string, connection: AriConnection): void {
    if (isFirst(channelId)) {
      const atMicros = this.#deps.clock.nowMicros();
      this.#deps.emit({ type: 'call', channelId, atMicros, fact: { type: 'ended' } });
      this.#do(channelId, () => endRest(connection, channelId));
    }
    const first = firstOf(channelId);
    if (first !== undefined) this.#do(first, () => endFirst(connection, first));
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
