import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CallEvent } from '../contract/v3/event.ts';

/** A receiver of webhooks on loopback, that takes everything unless told otherwise. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly { readonly headers: Record<string, string>; readonly body: string }[];
  /** What the messages say, in the order of their coming. */
  events(): CallEvent[];
  /** So many are answered with 503 from now on; they are received all the same. */
  refuse(count: number): void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: { headers: Record<string, string>; body: string }[] = [];
  let refused = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers as Record<string, string>, body });
      if (refused > 0) response.statusCode = 503;
      response.end(refused > 0 ? 'not now' : 'ok');
      refused = Math.max(0, refused - 1);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    refuse: (count) => void (refused = count),
    events: () => received.map(({ body }) => JSON.parse(body) as CallEvent),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
