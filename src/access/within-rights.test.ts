import { describe, expect, it } from 'vitest';
import type { Principal } from './keys.ts';
import { ALL_RIGHTS } from './limits.ts';
import { readRights, type RightsInput } from './read-rights.ts';
import { beyondRights } from './within-rights.ts';

const NOW = 1_795_435_200_000_000;

/** The fields in which the one key would be more than the other. */
function beyond(own: RightsInput, wanted: RightsInput): string[] {
  const rights = readRights(own, NOW);
  const maker: Principal = {
    tenantId: 't',
    keyId: 'k',
    kind: rights.kind,
    limits: rights.limits,
    ...(rights.scopes && { scopes: rights.scopes }),
  };
  return beyondRights(maker, rights.expiresAtMicros, readRights(wanted, NOW)).map(({ field }) => field);
}

describe('a key that makes a key', () => {
  it('gives on no scope that it has not', () => {
    const own = { scopes: ['keys:manage', 'calls:create'] };
    expect(beyond(own, { scopes: ['calls:create'] })).toEqual([]);
    expect(beyond(own, { scopes: ['calls:create', 'calls:read'] })).toEqual(['scopes']);
    expect(beyond(own, {})).toEqual(['scopes']);
    expect(beyond({}, {})).toEqual([]);
    expect(beyond(own, { kind: 'publishable', allow_origin: ['https://a.example'] })).toEqual(['scopes']);
  });

  it('gives its limits on', () => {
    const own = { allow_to: ['+49*', '2xx'], allow_ip: ['10.0.0.0/8'], expires_at: '2027-01-01T00:00:00Z' };
    expect(beyond(own, own)).toEqual([]);
    expect(beyond(own, { ...own, allow_to: ['2xx'], expires_at: '2026-12-01T00:00:00Z' })).toEqual([]);
    expect(beyond(own, {})).toEqual(['allow_to', 'allow_ip', 'expires_at']);
    expect(beyond(own, { ...own, allow_to: ['*'] })).toEqual(['allow_to']);
    expect(beyond(own, { ...own, expires_at: '2027-01-01T00:00:01Z' })).toEqual(['expires_at']);
  });

  it('makes none where its own calls are counted, and a test key makes test keys', () => {
    expect(beyond({ per_minute: 5 }, { per_minute: 5 })).toEqual(['api_key']);
    expect(beyond({ at_once: 5 }, { at_once: 1 })).toEqual(['api_key']);
    expect(beyond({ kind: 'test' }, {})).toEqual(['kind']);
    expect(beyond({ kind: 'test' }, { kind: 'test' })).toEqual([]);
  });

  it('is not held back where it is nobody with a key', () => {
    expect(beyondRights({ tenantId: 't', keyId: undefined }, undefined, ALL_RIGHTS)).toEqual([]);
  });
});
