import { channelIdOf } from '../calls/call.ts';
import { isOver } from '../calls/life.ts';
import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import { PbxError } from '../pbx/contract.ts';
import type { SessionPool } from '../pbx/session-pool.ts';
import type { AwaitCall } from './await-call.ts';
import { told } from './facts-of-news.ts';
import { hangUpEntry } from './frame-entry.ts';
import { pbxToUse } from './pbx-to-use.ts';
import type { SeenRequest } from './place-call.ts';
import type { CallRecord, Journal } from './ports.ts';
import type { TrackCalls } from './track-calls.ts';
import { takeIn, type News } from './tracked-call.ts';

interface HangUpDeps {
  readonly journal: Journal;
  readonly directory: Directory;
  readonly sessions: SessionPool;
  readonly calls: TrackCalls;
  readonly awaitCall: AwaitCall;
  readonly clock: Clock;
  readonly log: Logger;
}

/** An order may not have made its channel yet: while the call is not over the PBX is asked again, after so long each time. */
const AGAIN_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000];
/** Whoever asks is told of the end where it comes so soon. */
const ANSWER_MS = 3_000;

/** Ends calls, in any state and whichever process tends them. */
export class HangUp {
  readonly #deps: HangUpDeps;
  readonly #signal: AbortSignal;
  /** The calls that are being hung up, each with its first try. */
  readonly #underWay = new Map<string, Promise<void>>();

  /** @param signal ends it all */
  constructor(deps: HangUpDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
  }

  /**
   * Hangs both sides of an account's call up. One that is over is left alone; one of which no more is told may go on, and is
   * ended too.
   * @returns the call, over, or as it is after some seconds; undefined where the account has no such call
   * @throws PbxError where its PBX can not do that, or could not be asked
   */
  async hangUp(tenantId: string, callId: string, seen: SeenRequest): Promise<CallRecord | undefined> {
    const call = await this.#deps.journal.callById(callId);
    if (call?.tenantId !== tenantId) return undefined;
    if (call.life.state === 'ended') return call;
    const pbx = await this.#pbxOf(call);
    await this.#record(call, seen);
    await this.#begin(call, pbx);
    return this.#deps.awaitCall.until(callId, isOver, ANSWER_MS, this.#signal);
  }

  /** Goes on with a call that another process was asked to hang up and has left. Never throws. */
  goOn(call: CallRecord, pbx: PbxRecord): void {
    this.#begin(call, pbx).catch(() => undefined);
  }

  async #pbxOf(call: CallRecord): Promise<PbxRecord> {
    const { directory } = this.#deps;
    const pbx = await directory.pbxOf(call.tenantId, call.pbxId);
    if (pbx === undefined) throw cannot('pbx_removed', 'The PBX of this call has been removed');
    if (!directory.capabilitiesOf(pbx).hangsUp)
      throw cannot('pbx_cannot', 'This kind of PBX can not be asked to end a call');
    return pbx;
  }

  #record(call: CallRecord, seen: SeenRequest): Promise<void> {
    const atMicros = this.#deps.clock.nowMicros();
    const entries = [{ kind: 'hang_up', atMicros, data: seen }] as const;
    return this.#take(call.id, { atMicros, facts: [{ type: 'hang_up_asked' }], entries });
  }

  /** Resolves when the PBX has been asked. One who asks while it is under way waits for the same first try. */
  #begin(call: CallRecord, pbx: PbxRecord): Promise<void> {
    const known = this.#underWay.get(call.id);
    if (known !== undefined) return known;
    const first = this.#tryFirst(call, pbx);
    this.#underWay.set(call.id, first);
    first
      .then(() => this.#tryAgain(call, pbx))
      .catch((error: unknown) =>
        this.#deps.log.warn({ err: error, call: call.id }, 'A call was not hung up.'),
      )
      .finally(() => this.#underWay.delete(call.id));
    return first;
  }

  async #tryFirst(call: CallRecord, pbx: PbxRecord): Promise<void> {
    try {
      await this.#ask(call, pbx);
    } catch (error) {
      if (!(error instanceof PbxError)) throw error;
      const says = `The PBX could not be asked to end the call: ${error.said}`;
      const news = told(this.#deps.clock.nowMicros(), says, [{ type: 'hang_up_failed' }]);
      await this.#take(call.id, { ...news, entries: [...error.exchange.map(hangUpEntry), ...news.entries] });
      throw error;
    }
  }

  async #tryAgain(call: CallRecord, pbx: PbxRecord): Promise<void> {
    for (const ms of AGAIN_MS) {
      const { life } = await this.#deps.awaitCall.until(call.id, isOver, ms, this.#signal);
      if (isOver(life) || this.#signal.aborted) return;
      await this.#ask(call, pbx);
    }
  }

  async #ask({ id }: CallRecord, pbx: PbxRecord): Promise<void> {
    const { sessions, directory, clock } = this.#deps;
    const exchange = await sessions.hangUp(pbxToUse(directory, pbx), channelIdOf(id));
    await this.#take(id, { atMicros: clock.nowMicros(), facts: [], entries: exchange.map(hangUpEntry) });
  }

  /** Writes news down, also of a call that another process tends: that one finds them when it writes its own next. */
  async #take(callId: string, news: News): Promise<void> {
    const { calls, journal } = this.#deps;
    if (calls.has(callId)) return calls.take(callId, news);
    for (;;) {
      const now = await journal.callVersion(callId);
      if (now === undefined) throw new Error(`The call ${callId} is not in the journal any more.`);
      const { call, version } = now;
      const { outcome, life, entries } = takeIn(call, [news]);
      const step = { callId, tenantId: call.tenantId, version, outcome, life, entries };
      if ((await journal.advance(step)) !== undefined) return;
    }
  }
}

function cannot(code: 'pbx_removed' | 'pbx_cannot', said: string): PbxError {
  return new PbxError({ phase: 'before_send', code, said, remedy: 'Hang up with one of the phones.' });
}
