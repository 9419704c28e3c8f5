import type { Figure } from '../kit/bench.ts';
import { NUMBERS_OF_LAB } from '../kit/clicks.ts';
import { compareDriver } from '../kit/compare-driver.ts';
import type { CutText } from '../kit/load.ts';
import { asHttpRequest, basicCredential, recordOrder } from '../kit/recorded-order.ts';
import { atLeast } from '../kit/row.ts';

/**
 * `POST /ari/channels/{id}` with the same first leg, until Asterisk has taken it. Through us the second leg is ours to
 * dial, join and hang up by further requests; the direct one leaves all that to the dialplan.
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
  return compareDriver(
    bench,
    { pbx: lab.ari, numbers: NUMBERS_OF_LAB, direct, drain: () => lab.drain() },
    {
      title: '10. asterisk-ari, real Asterisk',
      other: 'direct ARI',
      counts: [600, 150],
      target: atLeast(0.9),
    },
  );
};

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
