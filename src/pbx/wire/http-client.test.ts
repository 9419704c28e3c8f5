import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import { PbxError } from '../contract.ts';
import { HttpClient, NoAnswer, type HttpAsk } from './http-client.ts';

const guard = createAddressGuard(true, []);
const GET: HttpAsk = { method: 'GET', path: '/', withinMs: 2_000 };

async function listening(server: Server): Promise<number> {
  const links = new Set<Socket>();
  server.on('connection', (socket: Socket) => links.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of links) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function clientOf(port: number, tls = false): HttpClient {
  const client = new HttpClient({ host: '127.0.0.1', port, tls, fingerprint: '' }, guard, systemClock);
  onTestFinished(() => client.close());
  return client;
}

const toServer = async (listener: RequestListener) => clientOf(await listening(createHttpServer(listener)));
const failure = (work: Promise<unknown>) =>
  work.then(
    () => new Error('It was answered.'),
    (error: unknown) => error,
  );

describe('HttpClient', () => {
  it('gives status, headers, body and both frames, secrets masked wherever they stand', async () => {
    const client = await toServer((request, response) => {
      response.writeHead(201, { 'x-token': 'hush', 'set-cookie': ['a=1', 'b=2'] });
      response.end(`you sent ${request.headers.authorization} and hush`);
    });
    const headers = { authorization: 'Basic abc', 'x-other': 'is hush' };
    const ask = {
      method: 'POST',
      path: '/a?b=hush',
      headers,
      body: 'hush',
      withinMs: 2_000,
      secrets: ['hush'],
    };
    const answer = await client.send(ask);
    expect(answer).toMatchObject({ status: 201, body: 'you sent Basic abc and hush' });
    expect(answer.headers['x-token']).toBe('hush');
    const shown = JSON.stringify(answer.frames);
    expect(shown).not.toContain('hush');
    expect(shown).not.toContain('a=1');
    expect(answer.frames[0].raw).toBe('POST /a?b=***\r\nauthorization: ***\r\nx-other: is ***\r\n\r\n***');
  });

  it('follows no redirect', async () => {
    const client = await toServer((_request, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' });
      response.end();
    });
    expect((await client.send(GET)).status).toBe(302);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['never comes', () => undefined, /^No answer within 0\.2 s$/],
    ['breaks off', (_request, response) => response.write('half', () => response.destroy()), /./],
    ['is a cut', (request) => request.socket.destroy(), /./],
    ['is huge', (_request, response) => response.end('x'.repeat(2_000_000)), /over 1048576 bytes/],
  ])('may have been heard where the answer %s', async (_name, listener, reason) => {
    const client = await toServer(listener);
    const error = await failure(client.send({ ...GET, withinMs: 200 }));
    expect(error).toBeInstanceOf(NoAnswer);
    expect((error as NoAnswer).message).toMatch(reason);
    expect((error as NoAnswer).sent.direction).toBe('sent');
  });

  it('has not been heard where nobody listens', async () => {
    expect(await failure(clientOf(1).send(GET))).toMatchObject({
      phase: 'before_send',
      code: 'pbx_unreachable',
    });
  });

  it('has not been heard where TLS is never spoken, and the time runs out', async () => {
    const client = clientOf(await listening(createTcpServer(() => undefined)), true);
    const error = await failure(client.send({ ...GET, withinMs: 200.5 }));
    expect(error).toBeInstanceOf(PbxError);
    expect(error).toMatchObject({ phase: 'before_send', said: 'No answer within 0.2005 s' });
  });

  it('has not been heard where it is closed while it connects, or closed already', async () => {
    const client = clientOf(await listening(createTcpServer(() => undefined)), true);
    const waiting = failure(client.send(GET));
    await client.close();
    await client.close();
    expect(await waiting).toMatchObject({ phase: 'before_send' });
    expect(await failure(client.send(GET))).toMatchObject({ phase: 'before_send' });
  });

  it('has not been heard where every connection is taken until the time runs out', async () => {
    const heard: string[] = [];
    const server = createHttpServer((request) => void heard.push(request.url ?? ''));
    const client = clientOf(await listening(server));
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const path = `/${at}`;
        return { path, error: await failure(client.send({ ...GET, path, withinMs: 300 })) };
      }),
    );
    // What is on its way is heard before the server has seen the last connection end.
    await client.close();
    server.close();
    await once(server, 'close');
    const unsent = outcomes.filter(({ error }) => error instanceof PbxError && error.phase === 'before_send');
    const inDoubt = outcomes.filter(({ error }) => error instanceof NoAnswer);
    expect(unsent.length, 'more than there are connections').toBeGreaterThanOrEqual(4);
    expect(unsent.length + inDoubt.length).toBe(20);
    expect(unsent.filter(({ path }) => heard.includes(path))).toEqual([]);
    expect(inDoubt.map(({ path }) => path)).toEqual(expect.arrayContaining(heard));
  });

  it('keeps connections for the requests that follow', async () => {
    const ports = new Set<number | undefined>();
    const client = await toServer((request, response) => {
      ports.add(request.socket.remotePort);
      request.resume().once('end', () => response.end('ok'));
    });
    for (let at = 0; at < 25; at++) await client.send({ ...GET, method: 'POST', body: '{}' });
    expect(ports.size).toBeLessThan(5);
  });
});
