import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { startAriSandbox } from './ari-sandbox.ts';

const PATIENCE = { timeout: 10_000 };

type Message = Readonly<Record<string, unknown>>;

/** Somebody whom the sandbox dials out to: everything it shows and says, over all its connections. */
async function startAnswerer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'ari' });
  await once(server, 'listening');
  const heard: Message[] = [];
  const shown: IncomingHttpHeaders[] = [];
  let newest: WebSocket | undefined;
  server.on('connection', (socket, request) => {
    newest = socket;
    shown.push(request.headers);
    socket.on('message', (data) => heard.push(JSON.parse((data as Buffer).toString('utf8')) as Message));
  });
  onTestFinished(() => {
    newest?.terminate();
    server.close();
  });
  const send = (message: unknown) => newest?.send(JSON.stringify(message));
  const heardOf = (field: string, value: string) => heard.filter((message) => message[field] === value);
  const ask = async (request_id: string, method: string, uri: string, more: Message = {}) => {
    send({ type: 'RESTRequest', transaction_id: `t-${request_id}`, request_id, method, uri, ...more });
    await expect.poll(() => heardOf('request_id', request_id), PATIENCE).toHaveLength(1);
    return heardOf('request_id', request_id)[0] ?? {};
  };
  const { port } = server.address() as AddressInfo;
  return { url: `ws://127.0.0.1:${port}/door`, shown, heard, heardOf, send, ask };
}

async function startPbx(url: string) {
  const pbx = await startAriSandbox({ pace: 0.02 });
  onTestFinished(() => pbx.close());
  const outcome = await pbx.dialOut({ url, username: 'pbx-1', password: 'a:b', app: 'c2c' });
  return { pbx, outcome };
}

it('comes with its credential, the subprotocol alone and no extensions, and says first which application it is', async () => {
  const them = await startAnswerer();
  expect((await startPbx(them.url)).outcome).toBe('connected');
  await expect.poll(() => them.heard, PATIENCE).toHaveLength(1);
  expect(them.heard[0]).toMatchObject({ type: 'ApplicationRegistered', application: 'c2c' });
  expect(them.shown).toMatchObject([
    {
      authorization: `Basic ${Buffer.from('pbx-1:a:b').toString('base64')}`,
      'sec-websocket-protocol': 'ari',
    },
  ]);
  expect(them.shown[0]).not.toHaveProperty('sec-websocket-extensions');
});

it('takes requests, and answers each under its own ids, with its body as a text', async () => {
  const them = await startAnswerer();
  const { pbx } = await startPbx(them.url);
  const made = await them.ask('r1', 'POST', 'channels/c2c-1', {
    query_strings: [{ name: 'timeout', value: '9' }],
    message_body: JSON.stringify({ endpoint: 'PJSIP/101', app: 'c2c' }),
  });
  expect(made).toMatchObject({ type: 'RESTResponse', transaction_id: 't-r1', status_code: 200 });
  expect(made).toMatchObject({ reason_phrase: 'OK', uri: 'channels/c2c-1', application: 'c2c' });
  expect(JSON.parse(String(made['message_body']))).toMatchObject({ id: 'c2c-1' });
  await expect.poll(() => them.heardOf('type', 'StasisStart'), PATIENCE).toHaveLength(1);
  expect(pbx.calls()).toMatchObject([{ channelId: 'c2c-1', rang: { first: 1 } }]);

  const ended = await them.ask('r2', 'DELETE', 'channels/c2c-1');
  expect(ended).toMatchObject({ status_code: 204, reason_phrase: 'No Content' });
  expect(ended).not.toHaveProperty('message_body');
});

it('refuses what is no request as Asterisk does', async () => {
  const them = await startAnswerer();
  await startPbx(them.url);
  expect(await them.ask('r1', 'GET', '/channels')).toMatchObject({ status_code: 405 });
  expect(await them.ask('r2', 'GET', '')).toMatchObject({ status_code: 400 });
  expect(await them.ask('r3', 'GET', 'nothing')).toMatchObject({ status_code: 404 });
  them.send('no object');
  await expect.poll(() => them.heardOf('request_id', ''), PATIENCE).toMatchObject([{ status_code: 400 }]);
});

it('counts an answer as an event, which the filter of the application may hold back', async () => {
  const them = await startAnswerer();
  await startPbx(them.url);
  const filter = (types: readonly string[]) => ({
    message_body: JSON.stringify({ allowed: types.map((type) => ({ type })) }),
  });
  await them.ask('r1', 'PUT', 'applications/c2c/eventFilter', filter(['RESTResponse']));
  await them.ask('r2', 'POST', 'channels/c2c-1', {
    message_body: JSON.stringify({ endpoint: 'PJSIP/103', app: 'c2c' }),
  });
  them.send({
    type: 'RESTRequest',
    request_id: 'r3',
    method: 'PUT',
    uri: 'applications/c2c/eventFilter',
    ...filter(['ChannelDestroyed']),
  });
  them.send({ type: 'RESTRequest', request_id: 'r4', method: 'DELETE', uri: 'channels/c2c-1' });
  await expect.poll(() => them.heardOf('type', 'ChannelDestroyed'), PATIENCE).toHaveLength(1);
  expect(them.heardOf('request_id', 'r3')).toEqual([]);
  expect(them.heardOf('type', 'StasisStart')).toEqual([]);
});

it('connects again whenever it was cut off, and says again who it is, until it is closed', async () => {
  const them = await startAnswerer();
  const { pbx } = await startPbx(them.url);
  await expect.poll(() => them.heard, PATIENCE).toHaveLength(1);
  pbx.cut();
  await expect.poll(() => them.heardOf('type', 'ApplicationRegistered'), PATIENCE).toHaveLength(2);
  await pbx.close();
  expect(them.shown).toHaveLength(2);
});

it('tells why it can not connect', async () => {
  expect((await startPbx('ws://127.0.0.1:1/door')).outcome).toContain('ECONNREFUSED');
});
