/*
 * Clients of the stream of events, in a process of their own. The times of events are the gateway's; both processes
 * follow this machine's clock to within 2 ms.
 */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { microsOf, systemClock } from '../../src/kit/clock.ts';
import { doJobs } from '../kit/jobs.ts';
import type { StreamJob, StreamResult } from '../kit/streams.ts';

/** For those that take nothing to be full (some thousands of events each, as far as the sockets' buffers go), and for events to come to all. */
const [BEFORE_MS, AFTER_MS] = [15_000, 500];

doJobs(async (job: StreamJob): Promise<StreamResult> => {
  const stalled = await Promise.all(Array.from({ length: job.stalled }, () => open(job, '?after=0')));
  for (const each of stalled) each.pause();
  const answers = await Promise.all(Array.from({ length: job.clients }, () => open(job, '')));
  const latencies: number[] = [];
  const counts = answers.map(() => 0);
  let [isCounting, from, to] = [false, 0, Number.MAX_SAFE_INTEGER];
  for (const [index, answer] of answers.entries()) {
    listen(answer, (atMicros) => {
      if (!isCounting || atMicros < from || atMicros >= to) return;
      latencies.push((systemClock.nowMicros() - atMicros) / 1000);
      counts[index] = (counts[index] ?? 0) + 1;
    });
  }
  await rest(BEFORE_MS);
  isCounting = true;
  from = systemClock.nowMicros();
  await rest(job.ms);
  to = systemClock.nowMicros();
  await rest(AFTER_MS);
  for (const answer of [...answers, ...stalled]) answer.destroy();
  const [events = 0] = counts;
  if (events === 0) throw new Error('No event came.');
  if (counts.some((count) => count !== events))
    throw new Error(`The clients had different numbers of events: ${[...new Set(counts)].join(', ')}.`);
  return { latencies, events };
});

async function open({ port, key }: StreamJob, query: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${key}` };
  const asked = request({ port, host: '127.0.0.1', path: `/v3/events${query}`, headers, agent: false });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`The stream was answered with HTTP ${answer.statusCode}.`);
  answer.on('error', () => undefined);
  return answer;
}

const AT = /^data: \{"id":"[^"]+","type":"[^"]+","number":\d+,"at":"([^"]+)"/gm;

function listen(answer: IncomingMessage, hear: (atMicros: number) => void): void {
  let rest = '';
  answer.setEncoding('utf8').on('data', (text: string) => {
    const whole = (rest === '' ? text : rest + text).lastIndexOf('\n\n') + 2;
    const all = rest + text;
    rest = whole > 1 ? all.slice(whole) : all;
    if (whole > 1) for (const [, at = ''] of all.slice(0, whole).matchAll(AT)) hear(microsOf(at) ?? 0);
  });
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
