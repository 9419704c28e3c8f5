import { describe, expect, it } from 'vitest';
import { asNetwork, createNetworks, isNetwork } from './networks.ts';

describe('networks', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:a01:203', true],
    ['10.0.0.0/8', '::a01:203', false],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['0.0.0.0/0', '::1', false],
    ['10.0.0.0/8', '010.1.2.3', false],
    ['10.0.0.0/8', '167772161', false],
    ['10.0.0.0/8', '', false],
  ])('%s has %s: %s', (range, address, expected) => {
    expect(createNetworks([range]).has(address)).toBe(expected);
  });

  it('are ranges, or addresses that are read as ranges of one', () => {
    expect(asNetwork('10.0.0.5')).toBe('10.0.0.5/32');
    expect(asNetwork('fd00::5')).toBe('fd00::5/128');
    expect(asNetwork('10.0.0.0/8')).toBe('10.0.0.0/8');
    for (const text of [
      '',
      '10.0.0.0/33',
      '10.0.0/8',
      '10.0.0.0/8/8',
      'fe80::1%eth0',
      'a.example.net',
      '::/129',
    ])
      expect([isNetwork(text), asNetwork(text)], text).toEqual([false, undefined]);
  });
});
