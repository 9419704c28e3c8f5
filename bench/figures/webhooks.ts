import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure, Subject } from '../kit/bench.ts';
import { click } from '../kit/clicks.ts';
import { perSecond } from '../kit/load.ts';
import { alternate } from '../kit/rounds.ts';
import { ratioRow, valueRow } from '../kit/row.ts';
import { startWorker } from '../kit/worker.ts';
import type { ReceiverState } from '../processes/receiver.ts';

const CONNECTIONS = 64;
const COUNT = 1_000;
const POLL_MS = 20;
const PATIENCE_MS = 120_000;

/** What it costs to tell somebody all of it: the same clicks with a webhook that wants every event, and with none. */
export const webhooks: Figure = async (bench) => {
  await using stack = new AsyncDisposableStack();
  const receiver = stack.use(await startWorker<object, ReceiverState>('receiver'));
  const { url } = await receiver.run({});
  const [http, life] = [await bench.http(), await bench.stubThatTells('life')];
  const telling = stack.use(await bench.subject([life], undefined, url));
  const silent = stack.use(await bench.subject([life]));
  const clicks = async ({ gateway, key }: Subject) =>
    perSecond(await click(http, gateway, key, { atOnce: CONNECTIONS, count: COUNT }));
  // The gateway has made one click for itself, to be ready.
  let calls = 1;
  /** The events of a call come in their order: its last is the last. */
  const untilDelivered = async (): Promise<ReceiverState> => {
    const late = performance.now() + PATIENCE_MS;
    for (;;) {
      const state = await receiver.run({});
      if (state.ended >= calls) return state;
      if (performance.now() > late)
        throw new Error(`The end of ${state.ended} of ${calls} calls was delivered.`);
      await sleep(POLL_MS);
    }
  };
  let { received } = await untilDelivered();
  const delivered: number[] = [];
  const rounds = await alternate(
    bench.rounds,
    async () => {
      const began = performance.now();
      const pace = await clicks(telling);
      calls += COUNT;
      const state = await untilDelivered();
      delivered.push((state.received - received) / ((performance.now() - began) / 1000));
      ({ received } = state);
      return pace;
    },
    () => clicks(silent),
  );
  return [
    ratioRow('14. clicks/s, all events to a webhook, a stub as PBX', rounds, '/s', undefined, 'no webhook'),
    // The first was to warm up.
    valueRow('    events delivered/s, from the first click to the last', delivered.slice(1), '/s', undefined),
  ];
};
