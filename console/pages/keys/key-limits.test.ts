import { describe, expect, it } from 'vitest';
import type { Key } from '../../../contract/v3/keys.ts';
import { SCOPES } from '../../../contract/v3/scopes.ts';
import { bodyOf, limitsInWords, scopesInWords, type AskedKey } from './key-limits.ts';

const ALL = Object.keys(SCOPES);
const NOW = Date.UTC(2026, 10, 25);
const asked: AskedKey = { label: 'CRM', kind: 'live', scopes: ALL, lists: {}, counts: {}, days: 0 };

describe('a key that is asked for', () => {
  it('is not limited by what was left empty', () => {
    expect(bodyOf({ ...asked, lists: { allow_to: ' ' }, counts: { at_once: '' } }, NOW)).toEqual({
      label: 'CRM',
      kind: 'live',
    });
  });

  it('is limited by what was typed, however it is parted', () => {
    const limited: AskedKey = {
      ...asked,
      scopes: ['calls:create'],
      lists: { allow_to: '102, 2xx\n+49*' },
      counts: { per_minute: '5', at_once: 'many' },
      days: 30,
    };
    expect(bodyOf(limited, NOW)).toEqual({
      label: 'CRM',
      kind: 'live',
      scopes: ['calls:create'],
      allow_to: ['102', '2xx', '+49*'],
      per_minute: 5,
      at_once: 'many',
      expires_at: '2026-12-25T00:00:00.000Z',
    });
  });

  it('leaves the rights of a publishable key to its kind', () => {
    expect(bodyOf({ ...asked, kind: 'publishable', scopes: [] }, NOW)).not.toHaveProperty('scopes');
  });
});

describe('a key in words', () => {
  it('says what it may do and what limits it', () => {
    const key = {
      kind: 'live',
      scopes: ['calls:create'],
      allow_first: null,
      allow_as: null,
      allow_to: ['2xx', '+49*'],
      allow_ip: ['203.0.113.0/24'],
      allow_origin: null,
      per_minute: 5,
      at_once: null,
    } as unknown as Key;
    expect(scopesInWords(key)).toBe('calls:create');
    expect(scopesInWords({ ...key, scopes: ALL })).toBe('Everything');
    expect(limitsInWords(key)).toEqual(['to 2xx, +49*', 'at 203.0.113.0/24', '5 a minute']);
  });
});
