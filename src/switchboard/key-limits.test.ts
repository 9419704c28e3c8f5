import { describe, expect, it } from 'vitest';
import type { Principal } from '../access/keys.ts';
import type { KeyLimits } from '../access/limits.ts';
import type { CallPlan } from '../calls/call.ts';
import { readNumber } from '../calls/number.ts';
import { Box } from './box.ts';
import { limitRefusals } from './key-limits.ts';

/** What planning makes of numbers as people write them. */
function planOf(first: string, second: string, as?: string): CallPlan {
  const dial = (typed: string) => {
    const reading = readNumber(typed, true);
    if (!reading.ok) throw new Error(reading.problem);
    return reading.dial;
  };
  const dialAs = as === undefined ? undefined : dial(as);
  return {
    callId: 'c',
    channelId: 'c2c-c',
    first: dial(first),
    second: dial(second),
    dialAs,
    timeoutSeconds: 30,
  };
}

/** The fields that a key of these limits is refused for. */
function refused(
  limits: KeyLimits,
  [first, second, as]: readonly [string, string, string?],
  more: Partial<Principal> = {},
): (string | undefined)[] {
  const principal: Principal = { tenantId: 't', keyId: 'k', kind: 'live', limits, ...more };
  return limitRefusals(principal, planOf(first, second, as), false).map(({ code, field }) => {
    expect(code).toBe('key_limit');
    return field;
  });
}

describe('the limits of a key', () => {
  it('hold back nobody where there are none', () => {
    expect(refused({}, ['101', '102', '103'])).toEqual([]);
  });

  it('are held against what would be dialled, each by its name', () => {
    const limits = { allowFirst: ['1xx'], allowTo: ['+49*', '102'], allowAs: ['101'] };
    expect(refused(limits, ['101', '+49 30 1234'])).toEqual([]);
    expect(refused(limits, ['1 (0) 1', '1-02', '101'])).toEqual([]);
    expect(refused(limits, ['201', '+44 30 1234', '102'])).toEqual(['dial_first', 'dial_second', 'dial_as']);
    expect(refused({ allowTo: ['5551'] }, ['101', '(555) 1'])).toEqual([]);
    expect(refused({ allowTo: ['5551'] }, ['101', '(555) 12'])).toEqual(['dial_second']);
  });

  it('hold the first number against whom it may dial as, where nobody is named', () => {
    expect(refused({ allowAs: ['201'] }, ['101', '102'])).toEqual(['dial_as']);
    expect(refused({ allowAs: ['201'] }, ['101', '102', '201'])).toEqual([]);
  });

  it('of a test key leave it the PBXs in the box, and those of a page are told to nobody', () => {
    expect(refused({}, ['101', '102'], { kind: 'test' })).toEqual(['pbx']);
    const page = { tenantId: 't', keyId: 'k', kind: 'publishable', limits: { allowTo: ['4711'] } } as const;
    const [refusal] = limitRefusals(page, planOf('1', '2'), false);
    expect(refusal?.message).not.toContain('4711');
  });
});

describe('the PBXs in the box', () => {
  it('are known by where they listen, and by whom they come in as', () => {
    const box = new Box();
    box.addPlace('127.0.0.1', 5038);
    box.addVisitor('v');
    const at = (id: string, host: string, port: string | number) => box.has({ id, settings: { host, port } });
    expect(
      at('a', '127.0.0.1', '5038') && at('a', '127.0.0.1', 5038) && box.has({ id: 'v', settings: {} }),
    ).toBe(true);
    expect(at('a', '127.0.0.1', 5039) || at('a', 'pbx.example.net', 5038)).toBe(false);
  });
});
