import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallPlan } from '../calls/call.ts';
import type { Clock } from '../kit/clock.ts';
import { PbxError, type PbxSession } from './contract.ts';
import { Protection, type Bounds } from './protection.ts';

let originated: string[];
let alive: Set<string>;
const clock: Clock = { nowMicros: () => Date.now() * 1000, monotonicMs: () => Date.now() };
const session = {
  originate: (plan: CallPlan) => {
    originated.push(plan.channelId);
    return Promise.resolve([]);
  },
  lookUp: (id: string) => Promise.resolve(alive.has(id) ? ('alive' as const) : ('gone' as const)),
} as Partial<PbxSession> as PbxSession;

function plan(id: string): CallPlan {
  return { callId: id, channelId: id, first: '101', second: '102', dialAs: undefined, timeoutSeconds: 30 };
}

function protect(bounds: Partial<Bounds>) {
  return new Protection(
    { originates_per_second: 1000, calls_in_progress: 1000, wait_ms: 2000, ...bounds },
    clock,
  );
}

/** Begins a call and tells, when asked, what became of it. */
function click(protection: Protection, id: string) {
  const outcome = { state: 'waiting' };
  protection.originate(session, plan(id)).then(
    () => (outcome.state = 'originated'),
    (error: unknown) =>
      (outcome.state = error instanceof PbxError ? `${error.code} ${error.phase}` : 'fault'),
  );
  return outcome;
}

beforeEach(() => {
  vi.useFakeTimers();
  originated = [];
  alive = new Set();
});
afterEach(() => void vi.useRealTimers());

describe('a PBX with a bound on calls in progress', () => {
  it('begins the next when one ends, in the order of asking', async () => {
    const protection = protect({ calls_in_progress: 2 });
    for (const id of ['a', 'b', 'c', 'd']) click(protection, id);
    await vi.advanceTimersByTimeAsync(100);
    expect(originated).toEqual(['a', 'b']);

    protection.hear({ type: 'call', channelId: 'b', atMicros: 0, fact: { type: 'ended' } });
    await vi.advanceTimersByTimeAsync(1);
    expect(originated).toEqual(['a', 'b', 'c']);
    expect(protection.callsInProgress).toBe(2);
  });

  it('says after the wait that it is busy, and that nothing was sent', async () => {
    const protection = protect({ calls_in_progress: 1, wait_ms: 500 });
    click(protection, 'a');
    const second = click(protection, 'b');
    await vi.advanceTimersByTimeAsync(499);
    expect(second.state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(2);
    expect(second.state).toBe('pbx_busy before_send');
    expect(originated).toEqual(['a']);
  });

  it('frees the place of a refused call, and keeps that of one in doubt', async () => {
    const protection = protect({ calls_in_progress: 5 });
    const failing = (phase: 'refused' | 'in_doubt') =>
      ({
        originate: () => Promise.reject(new PbxError({ phase, code: 'pbx_refused', said: '', remedy: '' })),
      }) as Partial<PbxSession> as PbxSession;
    await expect(protection.originate(failing('refused'), plan('a'))).rejects.toThrow(PbxError);
    expect(protection.callsInProgress).toBe(0);
    await expect(protection.originate(failing('in_doubt'), plan('b'))).rejects.toThrow(PbxError);
    expect(protection.callsInProgress).toBe(1);
  });

  it('holds no place for a talk of whose end nobody tells, only for the order', async () => {
    const bounds = { originates_per_second: 1000, calls_in_progress: 1, wait_ms: 0 };
    const protection = new Protection(bounds, clock, false);
    await protection.originate(session, plan('a'));
    await protection.originate(session, plan('b'));
    expect(originated).toEqual(['a', 'b']);
    expect(protection.callsInProgress).toBe(0);
  });

  it('asks for calls whose end it did not hear of', async () => {
    const protection = protect({});
    const told: [string, string][] = [];
    const tell = (channelId: string, state: string) => void told.push([channelId, state]);
    click(protection, 'a');
    click(protection, 'b');
    alive.add('b');
    await vi.advanceTimersByTimeAsync(1);
    await protection.sweep(session, tell);
    expect(told).toEqual([]);
    expect(protection.callsInProgress).toBe(2);

    protection.hear({ type: 'resumed', atMicros: 0 });
    await protection.sweep(session, tell);
    expect(protection.callsInProgress).toBe(1);
    expect(told).toEqual([
      ['a', 'gone'],
      ['b', 'alive'],
    ]);

    alive.clear();
    await vi.advanceTimersByTimeAsync(60_001);
    await protection.sweep(session, tell);
    expect(protection.callsInProgress).toBe(0);
  });
});

describe('a PBX with a bound on originates per second', () => {
  it('spreads a burst over the time that it may take', async () => {
    const protection = protect({ originates_per_second: 10, wait_ms: 2000 });
    for (let i = 0; i < 15; i++) click(protection, String(i));
    await vi.advanceTimersByTimeAsync(1);
    expect(originated).toHaveLength(10);
    await vi.advanceTimersByTimeAsync(300);
    expect(originated).toHaveLength(13);
    await vi.advanceTimersByTimeAsync(300);
    expect(originated).toHaveLength(15);
  });

  it('refuses at once what could not get its turn within the wait, so that nothing piles up', async () => {
    const protection = protect({ originates_per_second: 10, wait_ms: 1000 });
    const outcomes = Array.from({ length: 1000 }, (_, i) => click(protection, String(i)));
    await vi.advanceTimersByTimeAsync(1);
    expect(outcomes.filter((outcome) => outcome.state === 'originated')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome.state === 'waiting')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome.state === 'pbx_busy before_send')).toHaveLength(980);
  });
});
