import type { PbxDriver } from '../contract.ts';
import { typed } from '../setting-types.ts';
import { AmiEventReader } from './event-reader.ts';
import { AMI_SETTINGS, manifest } from './manifest.ts';
import { AmiSession } from './session.ts';

/** Asterisk over its manager interface (AMI), 16 and later; FreePBX and its kin by a preset. */
export const asteriskAmi: PbxDriver = {
  manifest,
  open: (settings, deps) => new AmiSession(typed(AMI_SETTINGS, settings), deps),
  reader: (settings) => new AmiEventReader(typed(AMI_SETTINGS, settings)),
};
