import { UNBOUND } from '../kit/account.ts';
import type { Figure } from '../kit/bench.ts';
import { compareDriver } from '../kit/compare-driver.ts';
import { recordOrder } from '../kit/recorded-order.ts';
import { SANDBOX_SECRET, type SandboxJob } from '../kit/sandbox-job.ts';

const NUMBERS = { first: '101', second: '102' };

/** `bgapi originate` until FreeSWITCH has taken it, against one raw connection that waits for no events. */
export const freeswitch: Figure = async (bench) => {
  const job: SandboxJob = { dialect: 'freeswitch' };
  const port = await bench.listener('sandbox', job);
  const settings = { host: '127.0.0.1', port, password: SANDBOX_SECRET, domain: 'sandbox.test', ...UNBOUND };
  const pbx = { name: 'main', driver: 'freeswitch', settings };
  const recorded = await recordOrder(pbx, NUMBERS);
  const frame = [...recorded.slice(0, -1), `${recorded.at(-1) ?? ''}\n\n`];
  const esl = await bench.esl();
  const direct = (atOnce: number, count: number) =>
    esl.run({ port, password: SANDBOX_SECRET, atOnce, count, frame });
  return compareDriver(
    bench,
    { pbx, numbers: NUMBERS, direct },
    { title: '8. freeswitch, in the box', other: 'one raw Event Socket connection', counts: [1500, 300] },
  );
};
