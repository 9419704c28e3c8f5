import type { PbxDriver } from '../pbx/contract.ts';
import { wrongInput } from './failure.ts';

/** The driver of that name, without opening the store. */
export async function findDriver(id: string): Promise<PbxDriver> {
  const { DRIVERS, driverById } = await import('../pbx/registry.ts');
  const driver = driverById(id);
  if (driver !== undefined) return driver;
  const known = DRIVERS.map(({ manifest }) => manifest.id).join(', ');
  throw wrongInput(`driver can not be ${JSON.stringify(id)}; give one of ${known}.`);
}
