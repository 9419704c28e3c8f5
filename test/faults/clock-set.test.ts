import { expect, it } from 'vitest';
import type { Call } from '../../contract/v3/call.ts';
import { systemClock, type Clock } from '../../src/kit/clock.ts';
import { startSandboxGateway } from '../gateway.ts';

const HOUR_MICROS = 3_600_000_000;

/* The machine's own clock is everybody's: it is the service's that is set here, below everything that asks for the time. */
it.each([
  ['back', -HOUR_MICROS, null],
  ['forward', HOUR_MICROS, expect.closeTo(3_600, -2)],
])(
  'a clock that is set %s by an hour in the middle of a call: the call ends, no time is below nothing, and the next is as ever',
  async (_, step, duration) => {
    let offset = 0;
    const clock: Clock = {
      nowMicros: () => systemClock.nowMicros() + offset,
      monotonicMs: () => systemClock.monotonicMs(),
    };
    await using gateway = await startSandboxGateway({}, { pace: 0.3 }, {}, clock);
    const order = { dial_first: '101', dial_second: '104' };
    const { response } = await gateway.click({ ...order, wait: 'ringing' });
    offset = step;
    const headers = { authorization: `Bearer ${gateway.key}` };
    const read = async () =>
      (await (await fetch(`${gateway.url}/v3/calls/${response.request_id}`, { headers })).json()) as Call;
    await expect.poll(async () => (await read()).state).toBe('ended');
    const call = await read();
    expect(call).toMatchObject({ disposition: 'answered', ended_by: 'second', duration_seconds: duration });
    expect(call.talk_seconds).toBeGreaterThan(0);
    // The same click within three seconds would be a repeat, whatever the clock says.
    const next = await gateway.click({ ...order, dial_second: '105' });
    expect(next.response).toMatchObject({ status: 'success', errors: [] });
  },
);
