import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import type { PbxToUse } from '../pbx/session-pool.ts';

/** A stored PBX as the session pool takes it: its secrets are unsealed only when a session is opened. */
export function pbxToUse(directory: Directory, pbx: PbxRecord): PbxToUse {
  return {
    id: pbx.id,
    revision: pbx.revision,
    driver: directory.driverOf(pbx),
    settings: () => directory.settingsOf(pbx),
  };
}
