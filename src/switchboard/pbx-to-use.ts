import { DirectoryError, type Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import { SealBroken } from '../kit/seal.ts';
import { PbxError, type Settings } from '../pbx/contract.ts';
import type { PbxToUse } from '../pbx/session-pool.ts';

/** A stored PBX as the session pool takes it: its secrets are unsealed only when a session is opened. */
export function pbxToUse(directory: Directory, pbx: PbxRecord): PbxToUse {
  return {
    id: pbx.id,
    revision: pbx.revision,
    driver: directory.driverOf(pbx),
    settings: () => settingsOf(directory, pbx),
  };
}

/** What was good when it was stored may not be any more: then nothing is sent, and the answer says why. */
function settingsOf(directory: Directory, pbx: PbxRecord): Settings {
  try {
    return directory.settingsOf(pbx);
  } catch (cause) {
    if (!(cause instanceof DirectoryError) && !(cause instanceof SealBroken)) throw cause;
    throw new PbxError({
      phase: 'before_send',
      code: 'pbx_settings',
      said: cause.message,
      remedy: 'Remove this PBX and add it again, or bring back what it was stored with.',
      cause,
    });
  }
}
