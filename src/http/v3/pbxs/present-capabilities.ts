import type { Capabilities as Presented } from '../../../../contract/v3/pbxs.ts';
import type { Capabilities } from '../../../pbx/contract.ts';

export function presentCapabilities(can: Capabilities): Presented {
  return {
    dials_as: can.dialsAs,
    checks_second: can.checksSecond,
    second_leg_timeout: can.secondLegTimeout,
    reports_end: can.reportsEnd,
    reports_legs: can.reportsLegs,
    reports_cause: can.reportsCause,
    reports_who_hung_up: can.reportsWhoHungUp,
    hangs_up: can.hangsUp,
    looks_up: can.looksUp,
  };
}
