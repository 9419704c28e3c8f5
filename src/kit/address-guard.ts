import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { plainAddress } from './ip-address.ts';
import { blockListOf } from './networks.ts';

/** We do not connect there. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Decides which addresses we connect to where a customer chooses the host. */
export interface AddressGuard {
  /**
   * Looks a host up and checks what came back. Connect to the returned address, not to the name: a second look-up could
   * give another.
   * @throws AddressRefused, and the resolver's own error where the name is not known
   */
  resolve(host: string, port: number): Promise<{ address: string; family: 4 | 6 }>;
  /** Allows one place of our own, whatever the rules say of its address: the sandbox's. */
  allow(address: string, port: number): void;
}

/** Link-local, metadata services, multicast, "this network": nothing that is a PBX lives there. Never allowed. */
const NEVER = blockListOf([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.192/32',
  '100.100.100.200/32',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  'fe80::/10',
  'fd00:ec2::254/128',
  'fec0::/10',
  'ff00::/8',
  // IPv4 addresses in clothes that nobody wears any more, or that are each network's own: 6to4, Teredo, RFC 8215.
  '2002::/16',
  '2001::/32',
  '64:ff9b:1::/48',
]);
/** This machine and its neighbourhood (RFC 1918, 4193, 6598, 6890). */
const PRIVATE = blockListOf([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
]);

/**
 * @param privateAllowed one company's own installation may reach its own network
 * @param networks ranges such as `10.1.0.0/16` that are allowed all the same
 * @param lookUp asks for the address of a name; the system's resolver unless it is said
 */
export function createAddressGuard(
  privateAllowed: boolean,
  networks: readonly string[],
  lookUp: (name: string) => Promise<{ readonly address: string }> = lookup,
): AddressGuard {
  const allowed = blockListOf(networks);
  const own = new Set<string>();
  const check = (address: string, host: string, port: number) => {
    // `fe80::1%eth0`: such an address is of this machine's own links.
    if (address.includes('%')) throw refused(host, address);
    const plain = plainAddress(address);
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    const isNear = PRIVATE.check(plain, family) && !privateAllowed && !allowed.check(plain, family);
    if ((NEVER.check(plain, family) || isNear) && !own.has(`${plain} ${port}`)) throw refused(host, plain);
    return { address: plain, family: family === 'ipv6' ? (6 as const) : (4 as const) };
  };
  return {
    async resolve(host, port) {
      const bare = host.replace(/^\[(.*)\]$/, '$1');
      if (isIP(bare) !== 0) return check(bare, host, port);
      const { address } = await lookUp(bare);
      return check(address, host, port);
    },
    allow: (address, port) => void own.add(`${address} ${port}`),
  };
}

function refused(host: string, address: string): AddressRefused {
  return new AddressRefused(`${host} is at an address that is not allowed here: ${address}`);
}
