import { isIP } from 'node:net';

/** Mapped (RFC 4291), compatible (of old), translated (RFC 2765) and NAT64 (RFC 6052). */
const IPV4_WITHIN = /^(?:::|::ffff:|::ffff:0:|64:ff9b::)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/;

/**
 * An address in one form, however it is written: short and in small letters (RFC 5952), without its zone (`%eth0`), and IPv4 out of
 * its IPv6 clothes: `::ffff:10.0.0.1`, `::ffff:a00:1`, `::a00:1` and `64:ff9b::a00:1` are 10.0.0.1. What is no address stays as it is.
 */
export function plainAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const [unzoned = ''] = address.split('%');
  const canonical = new URL(`http://[${unzoned}]/`).hostname.slice(1, -1);
  const hex = canonical === '::1' ? null : IPV4_WITHIN.exec(canonical);
  if (hex === null) return canonical;
  const [high, low] = [hex[1], hex[2]].map((part) => Number.parseInt(part ?? '0', 16));
  return [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255].join('.');
}

/**
 * What counts as one neighbour. Whoever has an IPv6 address has the 2^64 of its network, so that is one: `2001:db8:0:1` of
 * `2001:db8:0:1::5`. Anything else is one by itself, in its plain form.
 */
export function neighbourOf(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  const [left = [], right = []] = plain.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
