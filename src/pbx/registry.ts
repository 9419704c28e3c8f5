import { asteriskAmi } from './asterisk-ami/driver.ts';
import { asteriskAriOutbound } from './asterisk-ari-outbound/driver.ts';
import { asteriskAri } from './asterisk-ari/driver.ts';
import { freeswitch } from './freeswitch/driver.ts';
import { http } from './http/driver.ts';
import { switchvox } from './switchvox/driver.ts';
import type { PbxDriver } from './contract.ts';

/** Every kind of PBX that we can front. A new one is its folder and a line here. */
export const DRIVERS: readonly PbxDriver[] = [
  asteriskAmi,
  asteriskAri,
  asteriskAriOutbound,
  switchvox,
  freeswitch,
  http,
];

export function driverById(id: string): PbxDriver | undefined {
  return DRIVERS.find((driver) => driver.manifest.id === id);
}
