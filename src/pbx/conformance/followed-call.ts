import { expect } from 'vitest';
import type { CallPlan } from '../../calls/call.ts';
import type { PbxFact } from '../../calls/fact.ts';
import { NEW_LIFE, type CallLife } from '../../calls/life.ts';
import { transition } from '../../calls/transition.ts';
import {
  isEndOf,
  PbxError,
  type CallEvent,
  type PbxDriver,
  type PbxEvent,
  type PbxSession,
  type Settings,
} from '../contract.ts';
import { planFor, type Fate, type Pair, type TestPbx } from './test-pbx.ts';

/** A session with its PBX, and what it has told so far. */
export interface Opened {
  readonly pbx: TestPbx;
  readonly session: PbxSession;
  readonly settings: Settings;
  readonly events: readonly PbxEvent[];
}

/** Long enough for a phone to answer, short enough to wait for the end of one that does not. */
const RING_SECONDS = 5;
const PATIENCE = { timeout: 20_000 };

/** Makes the call of a fate; undefined where this PBX refuses such an order before anybody rings. */
export async function makeCall(opened: Opened, fate: Fate): Promise<FollowedCall | undefined> {
  const { fates } = opened.pbx;
  if (fates === undefined)
    throw new Error('The harness of a driver that tells of its calls names its fates.');
  const plan = { ...planFor(fates[fate]), timeoutSeconds: RING_SECONDS };
  const isTaken = await opened.session.originate(plan).then(
    () => true,
    (error: unknown) => {
      if (error instanceof PbxError && error.phase === 'refused') return false;
      throw error;
    },
  );
  return isTaken ? new FollowedCall(opened, plan) : undefined;
}

/** One call, as the session tells of it. */
export class FollowedCall {
  readonly channelId: string;
  readonly #pair: Pair;
  readonly #opened: Opened;

  constructor(opened: Opened, { channelId, first, second }: CallPlan) {
    this.#opened = opened;
    this.#pair = [first, second];
    this.channelId = channelId;
  }

  get facts(): readonly PbxFact[] {
    return this.#told.map(({ fact }) => fact);
  }

  /** What was told, in its order and as often: `first ringing`, `connected`, `ended`; given words, what ends in one of them. */
  steps(...words: readonly string[]): string[] {
    const steps = this.facts.map((fact) =>
      fact.type === 'leg' ? `${fact.side} ${fact.happened}` : fact.type,
    );
    return words.length === 0 ? steps : steps.filter((step) => words.some((word) => step.endsWith(word)));
  }

  /** As it was told; where this PBX tells no ends, by its own word. */
  isOver(): Promise<boolean> {
    const { events, pbx } = this.#opened;
    return (
      pbx.hasEnded?.(this.#pair) ?? Promise.resolve(events.some((event) => isEndOf(event, this.channelId)))
    );
  }

  /** What the facts make of it, where we were asked to end it or not. */
  life(isHangUpAsked = false): CallLife {
    const startedAt = this.#told[0]?.atMicros ?? 0;
    let { life } = transition(NEW_LIFE, { type: 'accepted' }, startedAt);
    if (isHangUpAsked) ({ life } = transition(life, { type: 'hang_up_asked' }, startedAt));
    for (const { fact, atMicros } of this.#told) ({ life } = transition(life, fact, atMicros));
    return life;
  }

  /** What a new reader makes of what was kept of it. */
  replayed(driver: PbxDriver): readonly CallEvent[] {
    const reader = driver.reader?.(this.#opened.settings);
    if (reader === undefined) throw new Error('A driver that tells of legs has a reader.');
    const kept = this.#told.flatMap(({ frame }) => (frame === undefined ? [] : [frame]));
    return kept.flatMap(({ raw, atMicros }) => reader.read(raw, atMicros));
  }

  get #told(): CallEvent[] {
    return this.#opened.events.filter(
      (event): event is CallEvent => event.type === 'call' && event.channelId === this.channelId,
    );
  }
}

export async function untilStep(call: FollowedCall, step: string): Promise<void> {
  await expect.poll(() => call.steps(), PATIENCE).toContain(step);
}

export async function untilOver(call: FollowedCall): Promise<void> {
  await expect.poll(() => call.isOver(), PATIENCE).toBe(true);
}

/** What was kept of a call tells the same again. */
export function expectReplay(call: FollowedCall, driver: PbxDriver): void {
  const replayed = call.replayed(driver);
  expect(replayed.map(({ fact }) => fact)).toEqual(call.facts);
  expect(new Set(replayed.map(({ channelId }) => channelId))).toEqual(new Set([call.channelId]));
}
