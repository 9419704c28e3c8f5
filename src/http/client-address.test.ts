import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createNetworks } from '../kit/networks.ts';
import { clientAddress } from './client-address.ts';

const PROXIES = createNetworks(['10.0.0.0/8', 'fd00::/8']);

function addressOf(remoteAddress: string, forwarded?: string, proxies = PROXIES): string {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return clientAddress(request, proxies);
}

describe('the address of a client', () => {
  it('is that of the connection where it is no proxy of ours, whatever a header says', () => {
    expect(addressOf('203.0.113.5', '198.51.100.1')).toBe('203.0.113.5');
    expect(addressOf('10.0.0.1', '198.51.100.1', createNetworks([]))).toBe('10.0.0.1');
    expect(addressOf('::ffff:203.0.113.5')).toBe('203.0.113.5');
  });

  it('is what our own proxies say, from the right, and not what stood there before them', () => {
    expect(addressOf('10.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
    expect(addressOf('::ffff:10.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
    expect(addressOf('10.0.0.1', '1.1.1.1, 198.51.100.1')).toBe('198.51.100.1');
    expect(addressOf('10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2,fd00::3')).toBe('198.51.100.1');
    expect(addressOf('10.0.0.1', '127.0.0.1, 198.51.100.1:4711')).toBe('198.51.100.1');
    expect(addressOf('fd00::1', '[2001:db8::5]:443')).toBe('2001:db8::5');
  });

  it('is the last that is known where a proxy tells none', () => {
    expect(addressOf('10.0.0.1')).toBe('10.0.0.1');
    expect(addressOf('10.0.0.1', '')).toBe('10.0.0.1');
    expect(addressOf('10.0.0.1', '198.51.100.1, unknown')).toBe('10.0.0.1');
    expect(addressOf('10.0.0.1', '10.0.0.2')).toBe('10.0.0.2');
  });
});
