import type { UsageStore } from '../usage/ports.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';

export function createUsageStore(read: Reader, { usageByHour, usageByDay }: ReadStatements): UsageStore {
  return {
    async usageOf({ tenantId, fromHour, toHour, hours }) {
      const counts = hours === 1 ? usageByHour : usageByDay;
      const rows = await read(counts({ tenantId, from: fromHour, to: toHour }));
      return rows.map(({ period, disposition, wait_class, calls, talk }) => ({
        hour: period,
        disposition,
        waitClass: wait_class,
        calls,
        talkMicros: talk,
      }));
    },
  };
}
