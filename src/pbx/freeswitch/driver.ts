import type { PbxDriver } from '../contract.ts';
import { typed } from '../setting-types.ts';
import { FreeswitchReader } from './events.ts';
import { FREESWITCH_SETTINGS, manifest } from './manifest.ts';
import { FreeswitchSession } from './session.ts';

/** FreeSWITCH over its Event Socket, inbound mode, 1.8 and later; FusionPBX and its kin with it. */
export const freeswitch: PbxDriver = {
  manifest,
  open: (settings, deps) => new FreeswitchSession(typed(FREESWITCH_SETTINGS, settings), deps),
  reader: () => new FreeswitchReader(),
};
