import { describe, expect, it } from 'vitest';
import { neighbourOf, plainAddress } from './ip-address.ts';

describe('an address', () => {
  it.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['::', '::'],
    ['::1', '::1'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['FE80:0::1%25', 'fe80::1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:a00:1', '10.0.0.1'],
    ['0:0:0:0:0:ffff:0a00:0001', '10.0.0.1'],
    ['::ffff:10.0.0.1%eth0', '10.0.0.1'],
    ['::ffff:0:10.0.0.1', '10.0.0.1'],
    ['::a00:1', '10.0.0.1'],
    ['::7f00:1', '127.0.0.1'],
    ['64:ff9b::a9fe:a9fe', '169.254.169.254'],
    ['64:ff9b:1::a00:1', '64:ff9b:1::a00:1'],
    ['1:ffff::a00:1', '1:ffff::a00:1'],
    ['192.0.2.1', '192.0.2.1'],
  ])('%s is %s', (written, plain) => {
    expect(plainAddress(written)).toBe(plain);
    expect(plainAddress(plain)).toBe(plain);
  });

  it('is no other text', () => {
    for (const text of [
      '',
      'pbx.example.net',
      '010.0.0.1',
      '167772161',
      '[::1]',
      '::ffff:10.0.0.256',
      '1::2::3',
    ])
      expect([plainAddress(text), neighbourOf(text)]).toEqual([text, text]);
  });
});

describe('a neighbour', () => {
  it.each([
    ['2001:db8:0:1::5', '2001:db8:0:1'],
    ['2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:db8:0:1'],
    ['2001:DB8::1:0:0:0:1', '2001:db8:0:1'],
    ['2001:db8::', '2001:db8:0:0'],
    ['::5:0:0:0:1', '0:0:0:5'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('of the network of %s is %s', (address, neighbour) => {
    expect(neighbourOf(address)).toBe(neighbour);
  });

  it('is each IPv4 address by itself, whatever it wears', () => {
    expect(neighbourOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(neighbourOf('::ffff:c000:202')).toBe('192.0.2.2');
  });
});
