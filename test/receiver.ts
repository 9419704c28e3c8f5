import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CallEvent } from '../contract/v3/event.ts';

/** A receiver of webhooks on loopback, that takes everything. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly { readonly headers: Record<string, string>; readonly body: string }[];
  /** What the messages say, in the order of their coming. */
  events(): CallEvent[];
}

export async function startReceiver(): Promise<Receiver> {
  const received: { headers: Record<string, string>; body: string }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers as Record<string, string>, body });
      response.end('ok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    events: () => received.map(({ body }) => JSON.parse(body) as CallEvent),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
