import type { Figure } from '../kit/bench.ts';
import { NUMBERS_OF_LAB } from '../kit/clicks.ts';
import { compareDriver } from '../kit/compare-driver.ts';
import type { AriJob, CutText, LoadResult } from '../kit/load.ts';
import { asHttpRequest, basicCredential, recordOrder } from '../kit/recorded-order.ts';
import { atLeast } from '../kit/row.ts';
import { startWorker } from '../kit/worker.ts';

const COUNTS = [600, 150] as const;
const SECONDS = 20;

/**
 * `POST /ari/channels/{id}` with the same first leg, until Asterisk has taken it. Through us the second leg is ours to
 * dial, join and hang up by further requests; the one direct client leaves all that to the dialplan, the other does the same.
 */
export const asteriskAri: Figure = async (bench) => {
  const lab = await bench.pbx();
  const { username, password, port } = lab.ari.settings;
  const recorded = intoDialplan(await recordOrder(lab.ari, NUMBERS_OF_LAB));
  await lab.drain();
  const request = asHttpRequest(recorded, basicCredential(String(username), String(password)));
  const http = await bench.http();
  const direct = (connections: number, count: number) =>
    http.run({ port: Number(port), requests: [request], connections, count, expect: '"dialplan"' });
  const contender = { pbx: lab.ari, numbers: NUMBERS_OF_LAB, drain: () => lab.drain() };
  const byDialplan = await compareDriver(
    bench,
    { ...contender, direct },
    {
      title: '10. asterisk-ari, real Asterisk',
      other: 'direct ARI',
      counts: COUNTS,
      target: atLeast(0.9),
    },
  );
  await using worker = await startWorker<AriJob, LoadResult>('ari-calls');
  const job = {
    port: Number(port),
    username: String(username),
    password: String(password),
    order: bodyOf(await recordOrder(lab.ari, NUMBERS_OF_LAB)),
    second: {
      endpoint: `Local/${NUMBERS_OF_LAB.second}@default/n`,
      variables: {
        'CALLERID(all)': `<${NUMBERS_OF_LAB.second}>`,
        'CONNECTEDLINE(all,i)': `<${NUMBERS_OF_LAB.first}>`,
      },
    },
    seconds: SECONDS,
  };
  const bothLegs = await compareDriver(
    bench,
    { ...contender, direct: (atOnce, count) => worker.run({ ...job, atOnce, count }) },
    {
      title: '    the same',
      other: 'a bare client that makes both legs',
      counts: COUNTS,
      target: atLeast(0.9),
    },
  );
  return [...byDialplan, ...bothLegs];
};

/** What was ordered, whichever call it was. */
function bodyOf(recorded: CutText): object {
  const [, body = ''] = recorded.join('').split('\r\n\r\n');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(body) as object;
}

/** A call of an application is in the hands of whoever listens for it; this one must not come into ours. */
function intoDialplan(recorded: CutText): CutText {
  const [before = '', after = ''] = recorded;
  const [head = '', body = ''] = after.split('\r\n\r\n');
  const order = JSON.parse(body) as Record<string, unknown>;
  delete order['app'];
  delete order['appArgs'];
  const second = { context: 'default', extension: NUMBERS_OF_LAB.second, priority: 1 };
  return [before, `${head}\r\n\r\n${JSON.stringify({ ...order, ...second })}`];
}
