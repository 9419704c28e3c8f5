/*
 * A bare client of ARI that makes the very calls that our driver makes, both legs by its own hand: order, bridge, second channel,
 * joined, dialled, and each ended with the other. It looks nothing up, writes nothing down and tells nobody.
 */
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { loadAgent } from '../../src/net/http-agent.ts';
import { exchange } from '../../src/net/http-exchange.ts';
import { doJobs } from '../kit/jobs.ts';
import type { AriJob, LoadResult } from '../kit/load.ts';

const APP = 'bench';
const CONNECTIONS = 16;
const ANSWER_MS_MAX = 20_000;
const SECOND = '.second';

interface AriEvent {
  readonly type: string;
  readonly channel?: { readonly id: string };
  readonly peer?: { readonly id: string };
  readonly dialstatus?: string;
}

type Ask = (method: string, path: string, body?: object) => Promise<number>;

let asking: Promise<Ask> | undefined;

doJobs(async (job: AriJob): Promise<LoadResult> => {
  const ask = await (asking ??= openClient(job));
  const latencies: number[] = [];
  let left = job.count;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const since = performance.now();
      const status = await ask('POST', `channels/c2c-${randomUUID()}`, {
        ...job.order,
        app: APP,
        appArgs: '',
      });
      if (status !== 200) throw new Error(`An order was answered with HTTP ${status}.`);
      latencies.push(performance.now() - since);
    }
  };
  await Promise.all(Array.from({ length: job.atOnce }, lane));
  return { seconds: (performance.now() - began) / 1000, latencies };
});

/** What sends requests; the calls that it orders are taken to their end as their events come. */
async function openClient(job: AriJob): Promise<Ask> {
  const { port, username, password } = job;
  const agent = await loadAgent({
    connections: CONNECTIONS,
    connect: async () => {
      const socket = connect(port, '127.0.0.1').setNoDelay(true);
      await once(socket, 'connect');
      return socket;
    },
  });
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const ask: Ask = async (method, path, body) => {
    const headers = { authorization, ...(body && { 'content-type': 'application/json' }) };
    const request = { origin: `http://127.0.0.1:${port}`, path: `/ari/${path}`, method, headers };
    const text = body === undefined ? null : JSON.stringify(body);
    const answer = await exchange(agent, { ...request, body: text }, ANSWER_MS_MAX, () => undefined);
    return answer.status;
  };
  const events = new WebSocket(`ws://127.0.0.1:${port}/ari/events?app=${APP}`, ['ari'], {
    auth: `${username}:${password}`,
  });
  await once(events, 'open');
  const allowed = ['StasisStart', 'Dial', 'ChannelDestroyed'].map((type) => ({ type }));
  await ask('PUT', `applications/${APP}/eventFilter`, { allowed });
  events.on('message', (data) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const event = JSON.parse((data as Buffer).toString('utf8')) as AriEvent;
    takeFurther(event, job, ask).catch((error: unknown) =>
      console.error('   a step of a call failed:', error),
    );
  });
  return ask;
}

async function takeFurther(
  { type, channel, peer, dialstatus = '' }: AriEvent,
  { second, seconds }: AriJob,
  ask: Ask,
): Promise<void> {
  const id = (channel ?? peer)?.id ?? '';
  const isSecond = id.endsWith(SECOND);
  const firstId = isSecond ? id.slice(0, -SECOND.length) : id;
  if (type === 'StasisStart' && !isSecond) {
    await ask('POST', `bridges/${id}?type=mixing`);
    const variables = { ...second.variables, 'TIMEOUT(absolute)': String(seconds + 2) };
    const channelId = `${id}${SECOND}`;
    await ask('POST', 'channels/create', { ...second, variables, app: APP, channelId, originator: id });
  } else if (type === 'StasisStart') {
    await ask('POST', `bridges/${firstId}/addChannel?channel=${firstId},${id}`);
    await ask('POST', `channels/${id}/dial?timeout=${seconds}`);
  } else if (
    type === 'Dial' &&
    isSecond &&
    ['BUSY', 'CONGESTION', 'NOANSWER', 'CHANUNAVAIL'].includes(dialstatus)
  ) {
    await ask('DELETE', `channels/${id}`);
  } else if (type === 'ChannelDestroyed') {
    const other = isSecond ? firstId : `${id}${SECOND}`;
    await Promise.all([ask('DELETE', `channels/${other}`), ask('DELETE', `bridges/${firstId}`)]);
  }
}
