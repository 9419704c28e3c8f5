import { UNBOUND } from '../kit/account.ts';
import type { Figure, Subject } from '../kit/bench.ts';
import { click } from '../kit/clicks.ts';
import { alternate } from '../kit/rounds.ts';
import { atMost, ratioRow, tidy, valueRow } from '../kit/row.ts';
import { SANDBOX_SECRET, type SandboxJob } from '../kit/sandbox-job.ts';
import { quantile } from '../kit/stats.ts';
import type { StreamJob, StreamResult } from '../kit/streams.ts';
import { startWorker } from '../kit/worker.ts';

const CLIENTS = 200;
const STALLED = 20;
/** Talks that go on all the while, … */
const LASTING = 900;
const LASTING_NUMBERS = { first: '105', second: '105' };
/** … and, beside them, calls that begin so often and are over after 12 s: a hundred and twenty at any time. */
const BEGIN_PER_SECOND = 10;
const PASSING_NUMBERS = { first: '101', second: '103' };
const ROUND_MS = 8_000;

/** How soon what happens to calls is with everybody who listens, and what one who listens and does not hear costs them. */
export const eventStreams: Figure = async (bench) => {
  await using stack = new AsyncDisposableStack();
  const job: SandboxJob = { dialect: 'freeswitch', pace: 1 };
  const port = await bench.listener('sandbox', job);
  const settings = { host: '127.0.0.1', port, password: SANDBOX_SECRET, domain: 'sandbox.test', ...UNBOUND };
  const pbx = { name: 'main', driver: 'freeswitch', settings };
  const subject = stack.use(await bench.subject([pbx], LASTING_NUMBERS));
  const clients = stack.use(await startWorker<StreamJob, StreamResult>('stream-clients'));
  const { gateway, key } = subject;
  await click(await bench.http(), gateway, key, {
    atOnce: 16,
    count: LASTING,
    pbx: 'main',
    numbers: LASTING_NUMBERS,
  });
  stack.use(startTurnover(subject));
  const p99 = async (stalled: number): Promise<number> => {
    const job = { port: gateway.port, key, clients: CLIENTS, stalled, ms: ROUND_MS };
    const { latencies, events } = await clients.run(job);
    const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
    console.error(`   ${events} events to ${CLIENTS} streams: p50 ${tidy(p50)} ms, p99 ${tidy(p99)} ms`);
    return p99;
  };
  const { ours, other } = await alternate(
    bench.rounds,
    () => p99(STALLED),
    () => p99(0),
  );
  return [
    valueRow('12. p99 of an event to 200 streams, 1,000 calls in progress', other, 'ms', atMost(50)),
    ratioRow(
      '    the same with 20 clients beside them that take nothing',
      { ours, other },
      'ms',
      atMost(1.1),
      'without them',
    ),
  ];
};

/** Makes a call ten times a second. What goes wrong is said at its end. */
function startTurnover({ gateway, key }: Subject): AsyncDisposable {
  const going: Promise<string | undefined>[] = [];
  const { first, second } = PASSING_NUMBERS;
  const body = JSON.stringify({ dial_first: first, dial_second: second, pbx: 'main' });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const url = `http://127.0.0.1:${gateway.port}/v3/calls`;
  const begin = async (): Promise<string | undefined> => {
    const answer = await fetch(url, { method: 'POST', headers, body });
    return answer.ok ? undefined : answer.text();
  };
  const timer = setInterval(() => going.push(begin().catch(String)), 1000 / BEGIN_PER_SECOND);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      const wrong = (await Promise.all(going)).filter((text) => text !== undefined);
      if (wrong.length > 0)
        throw new Error(`${wrong.length} calls could not be begun, the first: ${wrong[0]}`);
    },
  };
}
