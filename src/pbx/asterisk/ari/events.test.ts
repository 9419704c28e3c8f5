import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEvent } from './events.ts';

it('reads the events that a call is driven by', () => {
  const channel = { id: 'c2c-1', name: 'PJSIP/101-00000001', state: 'Up' };
  expect(readEvent({ type: 'StasisStart', args: ['a'], channel })).toEqual({
    type: 'StasisStart',
    channel,
    args: ['a'],
    replacesId: '',
  });
  expect(readEvent({ type: 'Dial', dialstatus: 'BUSY', peer: channel })).toEqual({
    type: 'Dial',
    peer: channel,
    callerId: '',
    status: 'BUSY',
    forwardedId: '',
  });
  expect(readEvent({ type: 'ChannelVarset', channel })).toBeUndefined();
});

it('reads anything else without throwing', () => {
  const type = fc.constantFrom('StasisStart', 'Dial', 'ChannelDestroyed', 'ApplicationReplaced');
  const shape = fc.record({ type, channel: fc.anything(), peer: fc.anything(), args: fc.anything() });
  fc.assert(
    fc.property(fc.oneof(shape, fc.anything()), (json) => {
      expect(() => readEvent(json)).not.toThrow();
    }),
  );
});
