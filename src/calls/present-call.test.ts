import { expect, test } from 'vitest';
import type { Fact } from './fact.ts';
import { presentCall } from './present-call.ts';
import { liveThrough } from './test-facts.ts';

const CALL = {
  id: '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77',
  first: '101',
  second: '102',
  dialAs: undefined,
  pbxName: 'main',
  reference: undefined,
  askedAtMicros: 500_000,
};
const TALK: readonly Fact[] = [
  { type: 'accepted' },
  { type: 'leg', side: 'first', happened: 'answered' },
  { type: 'leg', side: 'second', happened: 'answered' },
  { type: 'connected' },
];

test('a call has its durations from the times at which things were heard', () => {
  expect(presentCall(CALL, liveThrough([...TALK, { type: 'ended' }]))).toMatchObject({
    connected_at: '1970-01-01T00:00:04.000000Z',
    ended_at: '1970-01-01T00:00:05.000000Z',
    duration_seconds: 4.5,
    talk_seconds: 1,
    legs: [{ talk_seconds: 1 }, { talk_seconds: 1 }],
  });
});

test('a call in whose middle the clock was set back has no duration, and the talk that the clock still tells', () => {
  const call = { ...CALL, askedAtMicros: 3_600_000_000 };
  expect(presentCall(call, liveThrough([...TALK, { type: 'ended' }]))).toMatchObject({
    duration_seconds: null,
    talk_seconds: 1,
  });
});

test('a call whose end was only found has none: when it was found is not when it ended', () => {
  const first: Fact = { type: 'leg', side: 'first', happened: 'ended' };
  expect(presentCall(CALL, liveThrough([...TALK, first, { type: 'gone' }]))).toMatchObject({
    duration_seconds: null,
    talk_seconds: null,
    legs: [{ talk_seconds: 1 }, { talk_seconds: null }],
  });
});
