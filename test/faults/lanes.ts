import { setTimeout as sleep } from 'node:timers/promises';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import type { Client } from '../journeys/gateway.ts';
import { expect } from 'vitest';

/** What became of clicks, each of which had a second number of its own. */
export interface Clicks {
  readonly answers: readonly CallResponse[];
  /** Ids of the requests that were answered so, in the order of their answers. */
  ids(status: 'success' | 'fail'): string[];
  /** Takes no more clicks, and waits for those under way. */
  stop(): Promise<void>;
}

/** Clicks in several lanes until it is stopped, whether there is an answer or not: who clicks does not know what goes on. */
export function startClicks(client: Client, lanes = 6): Clicks {
  const answers: CallResponse[] = [];
  const over = new AbortController();
  let clicks = 0;
  const lane = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const dial_second = `12125${String(100_000 + ++clicks).padStart(6, '0')}`;
      const answer = await client.click({ dial_first: '201', dial_second }).catch(() => undefined);
      if (answer !== undefined) answers.push(answer);
      await sleep(20);
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, lane));
  return {
    answers,
    ids: (status) =>
      answers
        .map(({ response }) => response)
        .filter((response) => response.status === status)
        .map(({ request_id }) => request_id),
    async stop() {
      over.abort();
      await running;
    },
  };
}

/** A call that is asked for over `/v3` is refused as the service is busy, with the time at which to come again. */
export async function expectBusy({ url, key }: Client): Promise<void> {
  const answer = await fetch(`${url}/v3/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dial_first: '201', dial_second: '12125100001' }),
  });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await answer.json()).toMatchObject({ code: 'server_busy' });
}
