import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Networks } from '../kit/networks.ts';

/**
 * The address that a request came from. Each proxy adds whom it had it from at the end of `X-Forwarded-For`, so that is read
 * from the right, for as long as whoever wrote an entry is a proxy of ours. What stands before that, anybody may have written.
 * @param proxies those of this installation; without any the header counts for nothing
 */
export function clientAddress(request: IncomingMessage, proxies: Networks): string {
  const hops = String(request.headers['x-forwarded-for'] ?? '').split(',');
  let address = request.socket.remoteAddress ?? '';
  while (proxies.has(address)) {
    const before = withoutPort((hops.pop() ?? '').trim());
    // A proxy that tells nothing, or something else than an address, is the last that is known.
    if (isIP(before) === 0) break;
    address = before;
  }
  return plain(address);
}

/** Some proxies write `203.0.113.5:1234` and `[2001:db8::5]:1234`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}

/** A listener of both families gives IPv4 addresses in IPv6 clothes. */
function plain(address: string): string {
  return /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address;
}
