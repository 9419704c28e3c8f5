import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { InboundHub } from './inbound-hub.ts';

/** Sockets as a PBX opens them: our end of each, and its own. */
async function startPbx() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return async () => {
    const theirs = new WebSocket(`ws://127.0.0.1:${port}`);
    theirs.on('error', () => undefined);
    const [ours] = (await once(server, 'connection')) as [WebSocket];
    const closed = once(theirs, 'close');
    return { ours, closed };
  };
}

it('hands what has come to whoever listens, and what comes from then on', async () => {
  const dial = await startPbx();
  const hub = new InboundHub();
  hub.open();
  const [one, two, three] = [await dial(), await dial(), await dial()];
  hub.add('pbx-1', one.ours);
  const taken: WebSocket[] = [];
  const stop = hub.linksOf('pbx-1')?.listen(
    (socket) => taken.push(socket),
    () => undefined,
  );
  hub.add('pbx-2', two.ours);
  hub.add('pbx-1', three.ours);
  expect(taken).toEqual([one.ours, three.ours]);
  expect(hub.connected()).toEqual(['pbx-1', 'pbx-2']);
  stop?.();
  hub.close();
  await Promise.all([one.closed, two.closed, three.closed]);
  expect(hub.connected()).toEqual([]);
});

it('keeps the eight newest of one PBX', async () => {
  const dial = await startPbx();
  const hub = new InboundHub();
  hub.open();
  const links: Awaited<ReturnType<typeof dial>>[] = [];
  while (links.length < 9) links.push(await dial());
  for (const { ours } of links) hub.add('pbx-1', ours);
  await links[0]?.closed;
  const taken: WebSocket[] = [];
  hub.linksOf('pbx-1')?.listen(
    (socket) => taken.push(socket),
    () => undefined,
  );
  expect(taken).toEqual(links.slice(1).map(({ ours }) => ours));
});

it('lets nobody in where no server runs, and after it was closed: their end would be waited for', async () => {
  const dial = await startPbx();
  const hub = new InboundHub();
  for (const change of [() => undefined, () => hub.open(), () => hub.close()]) {
    change();
    const late = await dial();
    hub.add('pbx-1', late.ours);
    if (hub.linksOf('pbx-1') === undefined) await late.closed;
  }
  expect(hub.connected()).toEqual([]);
});
