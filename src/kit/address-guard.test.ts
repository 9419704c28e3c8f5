import { describe, expect, it } from 'vitest';
import { AddressRefused, createAddressGuard } from './address-guard.ts';

async function isAllowed(
  host: string,
  privateAllowed: boolean,
  networks: readonly string[] = [],
): Promise<boolean> {
  try {
    await createAddressGuard(privateAllowed, networks).resolve(host, 5038);
    return true;
  } catch (error) {
    if (error instanceof AddressRefused) return false;
    throw error;
  }
}

describe('the address guard', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '[fe80::1]',
    'fd00:ec2::254',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
  ])('never lets us to %s', async (host) => {
    expect(await isAllowed(host, true)).toBe(false);
    expect(await isAllowed(host, false, ['0.0.0.0/0', '::/0'])).toBe(false);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '::1',
    'fd12::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    'localhost',
  ])('lets us to %s where private addresses are allowed, and nowhere else', async (host) => {
    expect(await isAllowed(host, true)).toBe(true);
    expect(await isAllowed(host, false)).toBe(false);
  });

  it('lets us into the networks that are named', async () => {
    expect(await isAllowed('10.1.2.3', false, ['10.1.0.0/16'])).toBe(true);
    expect(await isAllowed('::ffff:10.1.2.3', false, ['10.1.0.0/16'])).toBe(true);
    expect(await isAllowed('10.2.2.3', false, ['10.1.0.0/16'])).toBe(false);
    expect(await isAllowed('fd12::1', false, ['fd12::/16'])).toBe(true);
  });

  it('lets us to the world', async () => {
    expect(await isAllowed('203.0.113.7', false)).toBe(true);
    expect(await isAllowed('2001:db8::7', false)).toBe(true);
  });

  it('lets us to the one place of our own that it was told of', async () => {
    const guard = createAddressGuard(false, []);
    guard.allow('127.0.0.1', 5038);
    await expect(guard.resolve('127.0.0.1', 5038)).resolves.toBeDefined();
    await expect(guard.resolve('127.0.0.1', 5039)).rejects.toThrow(AddressRefused);
  });

  it('gives the address that was checked, to connect to', async () => {
    expect(await createAddressGuard(true, []).resolve('127.0.0.1', 5038)).toEqual({
      address: '127.0.0.1',
      family: 4,
    });
  });
});
