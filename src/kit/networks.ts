import { BlockList, isIP } from 'node:net';

/** Networks of addresses. */
export interface Networks {
  /** An IPv4 address counts in its IPv6 clothes (`::ffff:10.0.0.1`) too; what is no address is in no network. */
  has(address: string): boolean;
}

/** Whether a text is a range such as `10.0.0.0/8` or `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  return (
    rest.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
  );
}

/** A range as it is, an address as the range that holds it alone (`10.0.0.5/32`); undefined for what is neither. */
export function asNetwork(text: string): string | undefined {
  if (isNetwork(text)) return text;
  const alone = `${text}/${isIP(text) === 6 ? 128 : 32}`;
  return isNetwork(alone) ? alone : undefined;
}

/** @param ranges each of them as `isNetwork` wants it */
export function createNetworks(ranges: readonly string[]): Networks {
  const list = blockListOf(ranges);
  return {
    has(address) {
      const [plain = ''] = address.split('%');
      const family = isIP(plain);
      return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

export function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits = ''] = range.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
