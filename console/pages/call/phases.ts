import type { Call } from '../../../contract/v3/call.ts';
import { microsOf } from '../../../src/kit/clock.ts';

/** A part of a call's time, between two things that were heard of. */
export interface Phase {
  readonly name: string;
  /** What it tells. */
  readonly says: string;
  readonly kind: 'wait' | 'ring' | 'talk';
  /** Seconds since the call was asked for. */
  readonly from: number;
  readonly to: number;
  /** It goes on. */
  readonly isLive: boolean;
}

type Mark = 'asked' | 'ringing' | 'answered' | 'ringing_second' | 'connected';

const PHASES: Readonly<Record<Mark, Pick<Phase, 'name' | 'says' | 'kind'>>> = {
  asked: { name: 'To ring', says: 'from the request until the first phone rings', kind: 'wait' },
  ringing: { name: 'First rings', says: 'until the first phone is picked up', kind: 'ring' },
  answered: { name: 'Post-dial delay', says: 'until the second phone rings', kind: 'wait' },
  ringing_second: { name: 'Second rings', says: 'until the second phone is picked up', kind: 'ring' },
  connected: { name: 'Talk', says: 'both are connected', kind: 'talk' },
};

/** A call's time from its request to its end, part by part. What its PBX did not tell is part of what came before. */
export function phasesOf(call: Call, nowMicros: number): Phase[] {
  const [first, second] = call.legs;
  const asked = microsOf(call.asked_at) ?? 0;
  const since = (time: string | null | undefined) => {
    const micros = microsOf(time ?? '');
    return micros === undefined ? undefined : (micros - asked) / 1_000_000;
  };
  const isLive = call.ended_at === null && call.state !== 'unknown';
  const end = since(call.ended_at) ?? Math.max((nowMicros - asked) / 1_000_000, 0);
  const times: readonly (readonly [Mark, number | undefined])[] = [
    ['asked', 0],
    ['ringing', since(first?.ringing_at)],
    ['answered', since(first?.answered_at)],
    ['ringing_second', since(second?.ringing_at)],
    ['connected', since(call.connected_at)],
  ];
  const known = times.flatMap(([mark, at]) => (at === undefined || at > end ? [] : [{ mark, at }]));
  return known.map(({ mark, at }, index) => {
    const next = known[index + 1];
    return { ...PHASES[mark], from: at, to: next?.at ?? end, isLive: isLive && next === undefined };
  });
}

/**
 * How far the picture reaches: a long talk is cut, or nothing else would be seen of the call.
 * @returns seconds
 */
export function reachOf(phases: readonly Phase[]): number {
  const all = phases.at(-1)?.to ?? 0;
  const talk = phases.find(({ kind }) => kind === 'talk');
  return talk === undefined ? all : Math.min(all, Math.max(talk.from * 1.6, 1));
}
