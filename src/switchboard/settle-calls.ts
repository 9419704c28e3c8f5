import type { Directory } from '../directory/directory.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import { PbxError, type ChannelState } from '../pbx/contract.ts';
import type { SessionPool } from '../pbx/session-pool.ts';
import { channelIdOf, type CallState } from '../calls/call.ts';
import { pbxToUse } from './pbx-to-use.ts';
import type { CallRecord, Journal } from './ports.ts';

/** Longer than any request waits for its PBX: who is still `originating` after it was cut off by a crash. */
const CUT_OFF_AFTER_MICROS = 30_000_000;
/** A PBX that can't be asked for so long will not remember. */
const GIVE_UP_AFTER_MICROS = 24 * 3_600_000_000;
const SWEEP_MS = 10_000;
const AT_ONCE = 100;

interface SettleDeps {
  readonly journal: Journal;
  readonly directory: Directory;
  readonly sessions: SessionPool;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Finds requests that a crash cut off between their intent and their outcome, and settles them by asking the PBX for the
 * channel id that we chose. It never originates again: what may have rung is `in_doubt`, not repeated.
 */
export class SettleCalls {
  readonly #deps: SettleDeps;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;

  constructor(deps: SettleDeps) {
    this.#deps = deps;
  }

  /** Sweeps now and then every 10 s. */
  start(): void {
    const sweep = () => {
      this.#sweeping ??= this.sweep()
        .catch((error: unknown) =>
          this.#deps.log.error({ err: error }, 'Could not settle calls; trying again.'),
        )
        .finally(() => (this.#sweeping = undefined));
    };
    this.#timer = setInterval(sweep, SWEEP_MS).unref();
    sweep();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  async sweep(): Promise<void> {
    const before = this.#deps.clock.nowMicros() - CUT_OFF_AFTER_MICROS;
    for (const call of await this.#deps.journal.unsettled(before, AT_ONCE)) await this.#settle(call);
  }

  async #settle(call: CallRecord): Promise<void> {
    const found = await this.#find(call);
    if (found === undefined) return;
    const atMicros = this.#deps.clock.nowMicros();
    await this.#deps.journal.record(call.id, found.state, [
      { kind: 'settled', atMicros, data: { says: found.says } },
    ]);
    this.#deps.log.warn({ call: call.id, state: found.state }, 'Settled a call that had been cut off.');
  }

  /** Undefined where the PBX can't be asked now. */
  async #find(call: CallRecord): Promise<{ state: CallState; says: string } | undefined> {
    const pbxs = await this.#deps.directory.pbxsOf(call.tenantId);
    const pbx = pbxs.find((each) => each.id === call.pbxId);
    if (pbx === undefined)
      return { state: 'in_doubt', says: 'The service was cut off, and the PBX has been removed since.' };
    try {
      const state = await this.#deps.sessions.lookUp(
        pbxToUse(this.#deps.directory, pbx),
        channelIdOf(call.id),
      );
      return FOUND[state];
    } catch (error) {
      if (!(error instanceof PbxError)) throw error;
      const age = this.#deps.clock.nowMicros() - call.askedAtMicros;
      if (age < GIVE_UP_AFTER_MICROS) return undefined;
      return {
        state: 'in_doubt',
        says: 'The service was cut off, and the PBX could not be asked for a day.',
      };
    }
  }
}

const FOUND: Readonly<Record<ChannelState, { state: CallState; says: string }>> = {
  alive: { state: 'accepted', says: 'The service was cut off; asked later, the PBX had the call.' },
  gone: {
    state: 'in_doubt',
    says: 'The service was cut off; asked later, the PBX knew no such call any more.',
  },
  unknown: {
    state: 'in_doubt',
    says: 'The service was cut off, and this kind of PBX can not be asked for a call.',
  },
};
