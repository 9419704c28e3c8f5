import type { LIST_DRIVERS } from '../../../../contract/v3/drivers.ts';
import type { Handler } from '../route.ts';
import { presentDriver } from './present-driver.ts';

export const listDrivers: Handler<typeof LIST_DRIVERS> = (_ask, { directory }) => {
  const items = directory.drivers.map((driver) => presentDriver(driver, driver.manifest.settings));
  return { status: 200, body: { items, next: null } };
};
