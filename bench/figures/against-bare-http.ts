import type { Figure } from '../kit/bench.ts';
import { click, clickPath } from '../kit/clicks.ts';
import { cpuPerClick, describeCpu } from '../kit/cpu.ts';
import { getRequest, perSecond } from '../kit/load.ts';
import { alternate } from '../kit/rounds.ts';
import { atLeast, ratioRow } from '../kit/row.ts';

/** Enough that either side always has a next request waiting, and few enough that none waits long. */
const CONNECTIONS = 64;
const COUNT = 10_000;
const COUNT_OF_BARE = 30_000;

/** What we cost by ourselves: the PBX takes every order at once, and the other side does nothing at all. */
export const againstBareHttp: Figure = async (bench) => {
  const [stub, http, bare] = await Promise.all([bench.stub(), bench.http(), bench.listener('bare-fastify')]);
  await using subject = await bench.subject([stub]);
  const rounds = await alternate(
    bench.rounds,
    async () =>
      perSecond(await click(http, subject.gateway, subject.key, { atOnce: CONNECTIONS, count: COUNT })),
    async () =>
      perSecond(
        await http.run({
          port: bare,
          requests: [getRequest(clickPath(subject.key))],
          connections: CONNECTIONS,
          count: COUNT_OF_BARE,
          expect: '"status":"success"',
        }),
      ),
  );
  const cpu = await cpuPerClick(subject.gateway, async () => {
    await click(http, subject.gateway, subject.key, { atOnce: CONNECTIONS, count: COUNT });
    return COUNT;
  });
  console.error(`   processor time of the gateway for one click: ${describeCpu(cpu)}`);
  return [
    ratioRow('4. clicks/s, 64 at a time, a stub as PBX', rounds, '/s', atLeast(0.4), 'a bare Fastify route'),
  ];
};
