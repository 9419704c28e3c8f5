import type { CallPlan } from '../calls/call.ts';
import type { AddressGuard } from '../kit/address-guard.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import {
  capabilitiesOf,
  PbxError,
  type ChannelState,
  type Explanation,
  type Finding,
  type PbxDriver,
  type PbxEvent,
  type PbxExchange,
  type PbxSession,
  type Settings,
} from './contract.ts';
import { PROTECTION_SETTINGS } from './protection-settings.ts';
import type { InboundHub } from './inbound-hub.ts';
import { Protection } from './protection.ts';
import { typed } from './setting-types.ts';

/** A PBX to use. `settings` is asked for only when a session has to be opened: secrets stay sealed until then. */
export interface PbxToUse {
  readonly id: string;
  readonly revision: number;
  readonly driver: PbxDriver;
  settings(): Settings;
}

/** A call that had been silent was asked for. */
export interface LookedUp {
  readonly type: 'looked_up';
  readonly channelId: string;
  readonly state: ChannelState;
  readonly atMicros: number;
}

/** What is heard of a PBX's calls: from the PBX itself, or because it was asked. */
export type PbxNews = PbxEvent | LookedUp;

interface Pooled {
  readonly id: string;
  readonly revision: number;
  readonly session: PbxSession;
  readonly protection: Protection;
  lastUsedMs: number;
  busy: number;
  /** Silent calls are being asked for. */
  isAsking: boolean;
}

const SWEEP_MS = 5_000;
const IDLE_MS = 10 * 60_000;

/** The live sessions: one a PBX, opened at first use, shared by all its calls, closed when long unused. */
export class SessionPool {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #guard: AddressGuard;
  readonly #inbound: InboundHub;
  readonly #hear: (pbxId: string, news: PbxNews) => void;
  readonly #current = new Map<string, Pooled>();
  /** Sessions whose PBX has other settings now: they see their calls to the end, and get no new ones. */
  readonly #retired = new Set<Pooled>();
  readonly #sweeper: NodeJS.Timeout;

  /** @param deps `hear` is told everything that is heard of calls, never throws */
  constructor(deps: {
    readonly clock: Clock;
    readonly log: Logger;
    readonly guard: AddressGuard;
    readonly inbound: InboundHub;
    readonly hear: (pbxId: string, news: PbxNews) => void;
  }) {
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#guard = deps.guard;
    this.#inbound = deps.inbound;
    this.#hear = deps.hear;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  /** Opens the session of a PBX that has just connected to us, so that what it tells is heard before the next click. */
  open(pbx: PbxToUse): void {
    this.#sessionOf(pbx).lastUsedMs = this.#clock.monotonicMs();
  }

  /** @throws PbxError as the session does, and `pbx_busy` of the PBX's bounds */
  originate(pbx: PbxToUse, plan: CallPlan): Promise<PbxExchange> {
    return this.#use(pbx, ({ protection, session }) => protection.originate(session, plan));
  }

  /**
   * Watches over a call that is in progress though it was not made here: the PBX is asked for it.
   * @throws PbxError where the PBX's settings can not be used
   */
  adopt(pbx: PbxToUse, channelId: string): void {
    const pooled = this.#sessionOf(pbx);
    pooled.protection.adopt(channelId);
    this.#askForSilentCalls(pooled);
  }

  /**
   * Connects to a PBX that may have calls of ours, one of which this channel is of: what it tells is heard from then on.
   * @throws PbxError where it can't be asked
   */
  async listen(pbx: PbxToUse, channelId: string): Promise<void> {
    await this.#use(pbx, ({ session }) => session.lookUp(channelId));
  }

  /** @throws PbxError as the session does, and where this kind of PBX can't */
  hangUp(pbx: PbxToUse, channelId: string): Promise<PbxExchange> {
    return this.#use(pbx, async ({ session }) => {
      if (session.hangUp === undefined) throw cannot('end a call');
      return session.hangUp(channelId);
    });
  }

  /** Undefined where this kind of PBX can't be asked. @throws PbxError as the session does */
  explain(pbx: PbxToUse, plan: CallPlan): Promise<Explanation | undefined> {
    return this.#use(pbx, async ({ session }) => session.explain?.(plan));
  }

  /** The doctor, over the session that the calls use: of a PBX that connects to us there can be no second one. */
  async *examine(pbx: PbxToUse, extension: string | undefined): AsyncGenerator<Finding> {
    const pooled = this.#sessionOf(pbx);
    pooled.busy++;
    try {
      yield* pooled.session.examine(extension);
    } finally {
      this.#release(pooled);
    }
  }

  /** Ends all sessions. Idempotent. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    const all = [...this.#current.values(), ...this.#retired];
    this.#current.clear();
    this.#retired.clear();
    await Promise.all(all.map((pooled) => pooled.session.close()));
  }

  async #use<Result>(pbx: PbxToUse, work: (pooled: Pooled) => Promise<Result>): Promise<Result> {
    const pooled = this.#sessionOf(pbx);
    pooled.busy++;
    try {
      return await work(pooled);
    } finally {
      this.#release(pooled);
    }
  }

  #release(pooled: Pooled): void {
    pooled.busy--;
    pooled.lastUsedMs = this.#clock.monotonicMs();
  }

  #sessionOf(pbx: PbxToUse): Pooled {
    const current = this.#current.get(pbx.id);
    if (current?.revision === pbx.revision) return current;
    if (current !== undefined) this.#retired.add(current);
    const opened = this.#open(pbx);
    this.#current.set(pbx.id, opened);
    return opened;
  }

  #open(pbx: PbxToUse): Pooled {
    const settings = pbx.settings();
    const { reportsEnd, looksUp } = capabilitiesOf(pbx.driver.manifest, settings);
    const bounds = typed(PROTECTION_SETTINGS, settings);
    const protection = new Protection(bounds, this.#clock, reportsEnd || looksUp);
    const inbound = this.#inbound.linksOf(pbx.id);
    const session = pbx.driver.open(settings, {
      clock: this.#clock,
      log: this.#log.child({ pbx: pbx.id }),
      guard: this.#guard,
      ...(inbound && { inbound }),
      emit: (event) => {
        protection.hear(event);
        // Of a PBX that connects to us the newest session alone hears, also of the calls of those before it.
        for (const each of this.#retired) if (each.id === pbx.id) each.protection.hear(event);
        this.#hear(pbx.id, event);
      },
    });
    const { id, revision } = pbx;
    return {
      id,
      revision,
      session,
      protection,
      lastUsedMs: this.#clock.monotonicMs(),
      busy: 0,
      isAsking: false,
    };
  }

  #sweep(): void {
    for (const pooled of [...this.#current.values(), ...this.#retired]) {
      const isResting = pooled.busy === 0 && pooled.protection.callsInProgress === 0;
      const isOld = this.#clock.monotonicMs() - pooled.lastUsedMs > IDLE_MS;
      if (isResting && (isOld || this.#retired.has(pooled))) this.#drop(pooled);
      else this.#askForSilentCalls(pooled);
    }
  }

  #drop(pooled: Pooled): void {
    this.#retired.delete(pooled);
    if (this.#current.get(pooled.id) === pooled) this.#current.delete(pooled.id);
    pooled.session
      .close()
      .catch((error: unknown) => this.#log.error({ err: error }, 'A session did not close.'));
  }

  /** Where the PBX can't be asked now, the next sweep asks again. */
  #askForSilentCalls(pooled: Pooled): void {
    if (pooled.isAsking) return;
    pooled.isAsking = true;
    const tell = (channelId: string, state: ChannelState) =>
      this.#hear(pooled.id, { type: 'looked_up', channelId, state, atMicros: this.#clock.nowMicros() });
    pooled.protection
      .sweep(pooled.session, tell)
      .catch((error: unknown) => {
        this.#log.debug({ err: error, pbx: pooled.id }, 'Could not ask the PBX for calls in progress.');
      })
      .finally(() => (pooled.isAsking = false));
  }
}

function cannot(what: string): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_cannot',
    said: `This kind of PBX can not ${what}`,
    remedy: 'See its capabilities for what it can.',
  });
}
