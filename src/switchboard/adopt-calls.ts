import { channelIdOf } from '../calls/call.ts';
import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import { PbxError } from '../pbx/contract.ts';
import type { SessionPool } from '../pbx/session-pool.ts';
import { told } from './facts-of-news.ts';
import type { HangUp } from './hang-up.ts';
import { BEAT_MS, DEAD_AFTER_MICROS } from './heartbeat.ts';
import type { LostOpenings } from './lost-openings.ts';
import { pbxToUse } from './pbx-to-use.ts';
import type { CallRecord, CallVersion, Journal } from './ports.ts';
import type { TrackCalls } from './track-calls.ts';

/** A PBX that can't be asked for so long will not remember. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const SWEEP_MS = 5_000;
/** How late a sign of life may be. */
const LATE_MS = 500;
const AT_ONCE = 200;

interface AdoptDeps {
  readonly journal: Journal;
  readonly directory: Directory;
  readonly sessions: SessionPool;
  readonly calls: TrackCalls;
  readonly hangUp: HangUp;
  readonly lost: LostOpenings;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Takes over the calls of processes that have died, by asking their PBXs for the channel ids that we chose: no call stays
 * open for ever. It never originates again: what may have rung is in doubt, not repeated. What happened meanwhile is not
 * made up.
 */
export class AdoptCalls {
  readonly #deps: AdoptDeps;
  #timer: NodeJS.Timeout | undefined;
  #listening: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;

  constructor(deps: AdoptDeps) {
    this.#deps = deps;
  }

  /** Sweeps now and then every 5 s. */
  start(): void {
    const startedMicros = this.#deps.clock.nowMicros();
    this.#listening = setTimeout(() => {
      this.listen(startedMicros).catch((error: unknown) =>
        this.#deps.log.error({ err: error }, 'Could not look for calls that were left.'),
      );
    }, BEAT_MS + LATE_MS).unref();
    const sweep = () => {
      this.#sweeping ??= this.sweep()
        .catch((error: unknown) =>
          this.#deps.log.error({ err: error }, 'Could not take calls over; trying again.'),
        )
        .finally(() => (this.#sweeping = undefined));
    };
    this.#timer = setInterval(sweep, SWEEP_MS).unref();
    sweep();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#listening);
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  /**
   * Connects to the PBXs of calls whose process gives no sign of life since a time, long before it is taken for dead: where
   * a PBX needs somebody to take its calls further, they wait no longer than that.
   */
  async listen(sinceMicros: number): Promise<void> {
    const { directory, journal, log, sessions } = this.#deps;
    const heard = new Set<string | undefined>();
    for (const { call } of await journal.untended(sinceMicros, AT_ONCE)) {
      if (heard.has(call.pbxId)) continue;
      heard.add(call.pbxId);
      const pbx = await directory.pbxOf(call.tenantId, call.pbxId);
      if (pbx === undefined) continue;
      await sessions
        .listen(pbxToUse(directory, pbx), channelIdOf(call.id))
        .catch((error: unknown) =>
          log.debug({ err: error, pbx: pbx.id }, 'A PBX can not be listened to yet.'),
        );
    }
  }

  async sweep(): Promise<void> {
    const { calls, clock, directory, journal, lost } = this.#deps;
    await calls.ready();
    await lost.settle();
    const before = clock.nowMicros() - DEAD_AFTER_MICROS;
    for (const left of await journal.untended(before, AT_ONCE)) await this.#adopt(left);
    for (const { call, silentMs } of calls.tended()) {
      if (silentMs > GIVE_UP_AFTER_MS)
        this.#giveUp(call, 'not_asked', 'The PBX could not be asked for a day.');
      else if (silentMs > SWEEP_MS && (await directory.pbxOf(call.tenantId, call.pbxId)) === undefined)
        this.#giveUp(call, 'pbx_removed', 'The PBX has been removed.');
    }
  }

  async #adopt(left: CallVersion): Promise<void> {
    const { calls, clock, directory, sessions, log } = this.#deps;
    const { call } = left;
    if (calls.has(call.id)) return;
    calls.begin(left, true);
    const says = 'The process that tended this call is gone; another one has taken it over.';
    await calls.take(call.id, told(clock.nowMicros(), says, [{ type: 'missed' }]));
    log.warn({ call: call.id }, 'Took over a call that had been left.');
    const pbx = await directory.pbxOf(call.tenantId, call.pbxId);
    if (pbx === undefined) return this.#giveUp(call, 'pbx_removed', 'The PBX has been removed.');
    const { reportsEnd, looksUp } = directory.capabilitiesOf(pbx);
    if (!reportsEnd && !looksUp)
      return this.#giveUp(call, 'cannot_tell', 'This kind of PBX can not be asked for a call.');
    this.#watch(sessions, call, pbx);
    // Whoever was to end it may not have come to it.
    if (call.life.hangUpAt !== undefined) this.#deps.hangUp.goOn(call, pbx);
  }

  /** Where the PBX can't be used now, the call stays and is given up in the end. */
  #watch(sessions: SessionPool, call: CallRecord, pbx: PbxRecord): void {
    try {
      sessions.adopt(pbxToUse(this.#deps.directory, pbx), channelIdOf(call.id));
    } catch (error) {
      if (!(error instanceof PbxError)) throw error;
      this.#deps.log.warn({ err: error, call: call.id }, 'A call can not be asked for.');
    }
  }

  #giveUp(call: CallRecord, why: 'not_asked' | 'pbx_removed' | 'cannot_tell', says: string): void {
    const { calls, clock, log } = this.#deps;
    calls
      .take(call.id, told(clock.nowMicros(), says, [{ type: 'untold', why }], 'in_doubt'))
      .catch((error: unknown) => log.error({ err: error, call: call.id }, 'Could not give a call up yet.'));
  }
}
