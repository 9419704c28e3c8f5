import type { CallPlan } from '../../calls/call.ts';
import type { PbxFact } from '../../calls/fact.ts';
import { PbxError, type Frame, type SessionDeps } from '../contract.ts';

/** A call that the PBX has taken, and what it calls it. */
export interface Taken {
  readonly plan: CallPlan;
  readonly pbxCallId: string | undefined;
}

/** What the PBX says of one call, and the message in which it does. */
export interface Told {
  readonly facts: readonly PbxFact[];
  readonly frame: Frame | undefined;
}

interface Followed extends Taken {
  /** What was told: each thing is told once. */
  readonly told: Set<string>;
  /** Why the PBX could not be asked for it when it last was. */
  failure: PbxError | undefined;
}

const ASKED_AT_ONCE = 10;

/** Asks a PBX for each call in progress every few seconds, while there are any: it tells nothing by itself. */
export class CallFollower {
  readonly #deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>;
  readonly #everyMs: number;
  readonly #ask: (taken: Taken) => Promise<Told>;
  readonly #calls = new Map<string, Followed>();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** @param ask rejects with a PbxError */
  constructor(
    ask: (taken: Taken) => Promise<Told>,
    everyMs: number,
    deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>,
  ) {
    this.#deps = deps;
    this.#everyMs = everyMs;
    this.#ask = ask;
  }

  follow(taken: Taken): void {
    this.#calls.set(taken.plan.channelId, { ...taken, told: new Set(), failure: undefined });
    this.#askLater();
  }

  follows(channelId: string): boolean {
    return this.#calls.has(channelId);
  }

  /** Why the PBX could not be asked for that call when it last was; undefined: it could. */
  failureOf(channelId: string): PbxError | undefined {
    return this.#calls.get(channelId)?.failure;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#calls.clear();
  }

  #askLater(): void {
    if (this.#timer !== undefined || this.#isStopped || this.#calls.size === 0) return;
    this.#timer = setTimeout(() => {
      void this.#askForAll().finally(() => {
        this.#timer = undefined;
        this.#askLater();
      });
    }, this.#everyMs).unref();
  }

  async #askForAll(): Promise<void> {
    const all = [...this.#calls.values()];
    for (let from = 0; from < all.length; from += ASKED_AT_ONCE)
      await Promise.all(all.slice(from, from + ASKED_AT_ONCE).map((call) => this.#askFor(call)));
  }

  async #askFor(call: Followed): Promise<void> {
    const { clock, emit, log } = this.#deps;
    const { channelId } = call.plan;
    try {
      const { facts, frame } = await this.#ask(call);
      if (!this.#calls.has(channelId)) return;
      if (call.failure !== undefined) emit({ type: 'resumed', atMicros: clock.nowMicros() });
      call.failure = undefined;
      this.#tell(call, facts, frame);
    } catch (error) {
      if (error instanceof PbxError) call.failure = error;
      log.debug({ err: error, channelId }, 'Could not ask the PBX for a call in progress.');
    }
  }

  #tell({ plan: { channelId }, told }: Followed, facts: readonly PbxFact[], frame: Frame | undefined): void {
    const fresh = facts.filter((fact) => !told.has(keyOf(fact)));
    const atMicros = this.#deps.clock.nowMicros();
    for (const [index, fact] of fresh.entries()) {
      told.add(keyOf(fact));
      if (fact.type === 'ended') this.#calls.delete(channelId);
      const withFrame = index === 0 && frame !== undefined ? { frame } : {};
      this.#deps.emit({ type: 'call', channelId, atMicros, fact, ...withFrame });
    }
  }
}

function keyOf(fact: PbxFact): string {
  return fact.type === 'leg' ? `${fact.side} ${fact.happened}` : fact.type;
}
