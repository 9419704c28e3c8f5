import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../contract/v3/scopes.ts';
import type { Principal } from './keys.ts';
import { mayDo, scopesOf } from './scopes.ts';

describe('scopes', () => {
  it('are all of them without limits, and the given ones alone with', () => {
    const principal: Principal = { tenantId: 't', keyId: 'k' };
    expect(scopesOf(principal)).toEqual(Object.keys(SCOPES));
    expect(mayDo(principal, 'pbxs:manage')).toBe(true);
    const limited = { ...principal, scopes: ['calls:create'] } as const;
    expect(mayDo(limited, 'calls:create')).toBe(true);
    expect(mayDo(limited, 'calls:read')).toBe(false);
  });
});
