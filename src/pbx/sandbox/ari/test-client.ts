import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Where an ARI is, the sandbox's or a real one. */
export interface AriPlace {
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** An event as it came; of its fields, those that tests look at. */
export interface SeenEvent {
  readonly type: string;
  readonly channel?: { readonly id: string };
  readonly peer?: { readonly id: string };
  readonly caller?: { readonly id: string };
  readonly dialstatus?: string;
  readonly cause?: number;
  readonly tech_cause?: number;
  readonly soft?: boolean;
}

/** A bare client of ARI that shares nothing with the driver: what comes, as it comes. */
export interface TestAri extends Disposable {
  readonly app: string;
  readonly events: readonly SeenEvent[];
  /** Gives the status. */
  request(method: string, path: string, body?: Readonly<Record<string, unknown>>): Promise<number>;
  /** The first event that fits, of those that have come or will. @throws Error where none does in time */
  until(fits: (event: SeenEvent) => boolean): Promise<SeenEvent>;
}

const PATIENCE_MS = 15_000;

export async function openTestAri({ port, username, password }: AriPlace, app: string): Promise<TestAri> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ari/events?app=${app}`, ['ari'], {
    auth: `${username}:${password}`,
  });
  const events: SeenEvent[] = [];
  const waiting = new Set<(event: SeenEvent) => void>();
  socket.on('message', (data) => {
    const event = JSON.parse((data as Buffer).toString('utf8')) as SeenEvent;
    events.push(event);
    for (const hear of waiting) hear(event);
  });
  await once(socket, 'open');
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return {
    app,
    events,
    async request(method, path, body) {
      const response = await fetch(`http://127.0.0.1:${port}/ari/${path}`, {
        method,
        headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      await response.text();
      return response.status;
    },
    until(fits) {
      const come = events.find(fits);
      if (come !== undefined) return Promise.resolve(come);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('No such event came.')), PATIENCE_MS);
        const hear = (event: SeenEvent) => {
          if (!fits(event)) return;
          clearTimeout(timer);
          waiting.delete(hear);
          resolve(event);
        };
        waiting.add(hear);
      });
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
