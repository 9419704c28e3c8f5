import type { Figure } from '../kit/bench.ts';
import { click } from '../kit/clicks.ts';
import { fsyncMs } from '../kit/fsync.ts';
import { alternate } from '../kit/rounds.ts';
import { atMost, ratioRow } from '../kit/row.ts';
import { median } from '../kit/stats.ts';

const COUNT = 300;

/** How long somebody waits who clicks alone, held against the two things that nobody can spare them. */
export const oneClick: Figure = async (bench) => {
  const [pbx, http, ami] = await Promise.all([bench.pbx(), bench.http(), bench.ami()]);
  await using subject = await bench.subject([pbx.account]);
  const rounds = await alternate(
    bench.rounds,
    async () => {
      const { latencies } = await click(http, subject.gateway, subject.key, { atOnce: 1, count: COUNT });
      await pbx.drain();
      return median(latencies);
    },
    async () => {
      const { latencies } = await ami.run({ ...pbx.direct, connection: 'pooled', atOnce: 1, count: COUNT });
      await pbx.drain();
      return median(latencies) + fsyncMs(subject.dataDir, COUNT);
    },
  );
  return [ratioRow('3. p50 of a click, one at a time', rounds, 'ms', atMost(1.5), 'raw AMI p50 + fsync p50')];
};
