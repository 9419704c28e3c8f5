import { createAddressGuard } from '../../src/kit/address-guard.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { createLogger } from '../../src/kit/logger.ts';
import type { CallPlan } from '../../src/calls/call.ts';
import type { Settings } from '../../src/pbx/contract.ts';
import { asteriskAri } from '../../src/pbx/asterisk-ari/driver.ts';

/** A process that makes one call over ARI and lives on, to be killed: `node ari-process.ts <settings> <plan>`, both JSON. */
const [settings = '', plan = ''] = process.argv.slice(2);
const session = asteriskAri.open(JSON.parse(settings) as Settings, {
  clock: systemClock,
  log: createLogger('fatal'),
  guard: createAddressGuard(true, []),
  emit: () => undefined,
});
await session.originate(JSON.parse(plan) as CallPlan);
setInterval(() => undefined, 60_000);
