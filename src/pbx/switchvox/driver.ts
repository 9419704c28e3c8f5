import type { PbxDriver } from '../contract.ts';
import { typed } from '../setting-types.ts';
import { manifest, SWITCHVOX_SETTINGS } from './manifest.ts';
import { SwitchvoxSession } from './session.ts';

/** Switchvox over its Extend API, JSON or XML, as an administrator or as an extension of it. */
export const switchvox: PbxDriver = {
  manifest,
  open: (settings, deps) => new SwitchvoxSession(typed(SWITCHVOX_SETTINGS, settings), deps),
};
