import { setTimeout as sleep } from 'node:timers/promises';
import { channelIdOf, type CallPlan } from '../../src/calls/call.ts';
import type { Fact } from '../../src/calls/fact.ts';
import { isOver, NEW_LIFE, type CallLife } from '../../src/calls/life.ts';
import { transition } from '../../src/calls/transition.ts';
import { createAddressGuard } from '../../src/kit/address-guard.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { newId } from '../../src/kit/ids.ts';
import { createLogger } from '../../src/kit/logger.ts';
import type { CallEvent, EventReader, InboundLinks, PbxDriver, PbxSession } from '../../src/pbx/contract.ts';
import { readSettings } from '../../src/pbx/settings.ts';

/** One call that is made through a driver, and what its facts make of it. */
export interface WatchedCall {
  readonly plan: CallPlan;
  /** What was told so far, each with its message. */
  readonly told: readonly CallEvent[];
  readonly life: CallLife;
  /** Resolves when its life is so; throws with what it is when it is not within `withinMs`. */
  until(isReached: (life: CallLife) => boolean, withinMs?: number): Promise<void>;
  untilOver(withinMs?: number): Promise<void>;
  /** Ends it, as somebody who asks us to. */
  hangUp(): Promise<void>;
  /** What a new reader makes of the messages that were kept of it. */
  replayed(): readonly CallEvent[];
}

/** A session with a PBX, whose calls are followed. */
export interface Watch extends AsyncDisposable {
  readonly session: PbxSession;
  /** Makes a call; it is taken when this resolves. */
  place(first: string, second: string, more?: Partial<CallPlan>): Promise<WatchedCall>;
}

const PATIENCE_MS = 20_000;

/**
 * Opens a session of that driver; `settings` as an administrator would give them.
 *
 * @param inbound what a PBX has connected that connects to us
 */
export function startWatch(
  driver: PbxDriver,
  settings: Readonly<Record<string, string>>,
  inbound?: InboundLinks,
): Watch {
  const reading = readSettings(driver.manifest, settings);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const calls = new Map<string, { take: (event: CallEvent) => void }>();
  const session = driver.open(reading.settings, {
    clock: systemClock,
    log: createLogger('fatal'),
    guard: createAddressGuard(true, []),
    ...(inbound && { inbound }),
    emit: (event) => {
      if (event.type === 'call') calls.get(event.channelId)?.take(event);
    },
  });
  return {
    session,
    async place(first, second, more = {}) {
      const callId = newId();
      const channelId = channelIdOf(callId);
      const plan = { callId, channelId, first, second, dialAs: undefined, timeoutSeconds: 30, ...more };
      const call = new Watched(plan, session, () => driver.reader?.(reading.settings));
      calls.set(plan.channelId, call);
      await session.originate(plan);
      call.add({ type: 'accepted' });
      return call;
    },
    async [Symbol.asyncDispose]() {
      await session.close();
    },
  };
}

type NewReader = () => EventReader | undefined;

class Watched implements WatchedCall {
  readonly plan: CallPlan;
  readonly told: CallEvent[] = [];
  life: CallLife = NEW_LIFE;
  readonly #session: PbxSession;
  readonly #newReader: NewReader;

  constructor(plan: CallPlan, session: PbxSession, newReader: NewReader) {
    this.plan = plan;
    this.#session = session;
    this.#newReader = newReader;
  }

  take(event: CallEvent): void {
    this.told.push(event);
    this.add(event.fact, event.atMicros);
  }

  add(fact: Fact, atMicros = systemClock.nowMicros()): void {
    ({ life: this.life } = transition(this.life, fact, atMicros));
  }

  async until(isReached: (life: CallLife) => boolean, withinMs = PATIENCE_MS): Promise<void> {
    const late = Date.now() + withinMs;
    while (!isReached(this.life)) {
      if (Date.now() > late) throw new Error(`It is still so: ${JSON.stringify(this.life)}`);
      await sleep(10);
    }
  }

  untilOver(withinMs?: number): Promise<void> {
    return this.until(isOver, withinMs);
  }

  async hangUp(): Promise<void> {
    this.add({ type: 'hang_up_asked' });
    await this.#session.hangUp?.(this.plan.channelId);
  }

  replayed(): readonly CallEvent[] {
    const reader = this.#newReader();
    const kept = this.told.flatMap(({ frame }) => (frame === undefined ? [] : [frame]));
    return kept.flatMap(({ raw, atMicros }) => reader?.read(raw, atMicros) ?? []);
  }
}
