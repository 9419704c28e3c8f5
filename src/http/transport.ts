import type { FastifyRequest } from 'fastify';
import type { Networks } from '../kit/networks.ts';
import { clientAddress } from './client-address.ts';

const LOOPBACK = /^(127\.|::1$)/;

/**
 * Whether somebody on the way could have read a request: it came over plain HTTP, to us or to the proxy in front of us, and not
 * from this machine.
 * @param proxies those of this installation, whose `X-Forwarded-Proto` is believed
 */
export function couldBeRead(request: FastifyRequest, proxies: Networks): boolean {
  if (request.protocol === 'https') return false;
  const proto = String(request.headers['x-forwarded-proto'] ?? '');
  const isProxied = proxies.has(request.raw.socket.remoteAddress ?? '');
  if (isProxied && proto.split(',').at(-1)?.trim().toLowerCase() === 'https') return false;
  return !LOOPBACK.test(clientAddress(request.raw, proxies));
}
