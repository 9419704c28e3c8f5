import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AddressRefused, createAddressGuard } from '../../src/kit/address-guard.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { connect } from '../../src/net/connect.ts';
import { HttpClient } from '../../src/pbx/wire/http-client.ts';
import { startGateway } from '../gateway.ts';

/*
 * A customer chooses the host of a PBX: a port scanner, a way to the machine's own services and to a cloud's metadata,
 * if we let it. The plain forms are in src/kit/address-guard.test.ts; these are the disguised ones.
 */

async function listening(server: Server | HttpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('an address that is never allowed, in whatever form', () => {
  it.each([
    // 169.254.169.254 as a resolver reads numbers: decimal, hexadecimal, octal, with parts left out or mixed.
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '169.16689662',
    '169.254.43518',
    '0xa9.0376.169.254',
    '025177524776',
    // In IPv6's clothes: mapped, compatible, translated, NAT64, its local prefix, 6to4, Teredo.
    '::ffff:169.254.169.254',
    '0:0:0:0:0:FFFF:A9FE:A9FE',
    '::169.254.169.254',
    '::ffff:0:169.254.169.254',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::169.254.169.254',
    '2002:a9fe:a9fe::',
    '2001:0:4136:e378:8000:63bf:5601:5601',
    // With a zone, and with brackets.
    'fe80::1%lo',
    'fe80::1%25lo',
    '[fe80::1]',
    'fec0::1',
    '::1%lo',
    // Which leads to this machine on Linux.
    '0',
    '0.0.0.0',
    '::',
    '::0.0.0.0',
    '::2',
  ])('%s', async (host) => {
    const guard = createAddressGuard(true, ['0.0.0.0/0', '::/0']);
    const failed = await guard.resolve(host, 80).then(
      ({ address }) => address,
      (error: NodeJS.ErrnoException) => error,
    );
    // A name that no resolver knows leads nowhere either.
    if (failed instanceof AddressRefused) return;
    expect(failed).toMatchObject({ code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN|EAI_NONAME)$/) });
  });
});

describe('this machine and its neighbourhood, where strangers sign up', () => {
  it.each([
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '0300.0250.1.1',
    '①②⑦.0.0.1',
    '::127.0.0.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::10.0.0.1',
    '0:0:0:0:0:0:0:1',
    '[::ffff:7f00:1]',
  ])('%s', async (host) => {
    await expect(createAddressGuard(false, []).resolve(host, 80)).rejects.toThrow(/\w/);
    await expect(createAddressGuard(false, []).resolve(host, 80)).rejects.not.toBeInstanceOf(TypeError);
  });
});

describe('a name whose address changes between two look-ups', () => {
  it('is connected to at the address that was checked, and looked up once for it', async () => {
    const port = await listening(createServer((socket) => socket.destroy()));
    const answers = ['127.0.0.1', '169.254.169.254', '::ffff:169.254.169.254'];
    let lookUps = 0;
    const guard = createAddressGuard(true, [], () =>
      Promise.resolve({ address: answers[lookUps++] ?? '::' }),
    );
    const target = { host: 'pbx.example.net', port, tls: false, fingerprint: '' };
    const socket = await connect(target, guard);
    expect([socket.remoteAddress, lookUps]).toEqual(['127.0.0.1', 1]);
    socket.destroy();
    // The next connection is looked up anew, and refused.
    await expect(connect(target, guard)).rejects.toMatchObject({ reason: 'address_refused' });
    await expect(connect(target, guard)).rejects.toMatchObject({ reason: 'address_refused' });
  });
});

describe('a PBX that sends us elsewhere', () => {
  it.each([301, 302, 303, 307, 308])('%i is an answer, and nobody is asked there', async (status) => {
    let asked = 0;
    const inside = await listening(
      createHttpServer((_request, response) => {
        asked += 1;
        response.end('secrets');
      }),
    );
    const pbx = await listening(
      createHttpServer((_request, response) => {
        response.writeHead(status, { location: `http://127.0.0.1:${inside}/latest/meta-data/` }).end('moved');
      }),
    );
    const target = { host: '127.0.0.1', port: pbx, tls: false, fingerprint: '' };
    const client = new HttpClient(target, createAddressGuard(true, []), systemClock);
    onTestFinished(() => client.close());
    const answer = await client.send({ method: 'GET', path: '/call', withinMs: 5_000 });
    expect([answer.status, answer.body, asked]).toEqual([status, 'moved', 0]);
  });
});

describe('a stranger’s PBX at an address of ours', () => {
  it('is refused in words that tell nothing of who listens there', async () => {
    const gateway = await startGateway({ C2C_SIGNUP: 'open' });
    onTestFinished(() => gateway[Symbol.asyncDispose]());
    const open = await listening(createServer((socket) => socket.end('SSH-2.0-secret')));
    const said: string[] = [];
    for (const port of [open, 1]) {
      await gateway.addPbx(`at ${port}`, {
        host: '127.0.0.1',
        port: String(port),
        username: 'x',
        secret: 'y',
      });
      const { response } = await gateway.click({ dial_first: '101', dial_second: '102', pbx: `at ${port}` });
      said.push(response.errors[0]?.error.message ?? '');
    }
    expect(said[0]).toMatch(/not allowed here/);
    expect(said[0]).toBe(said[1]);
  });
});
