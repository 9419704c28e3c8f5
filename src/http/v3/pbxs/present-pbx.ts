import type { Pbx } from '../../../../contract/v3/pbxs.ts';
import { DirectoryError, type Directory } from '../../../directory/directory.ts';
import type { PbxRecord } from '../../../directory/ports.ts';
import { shownSettings } from '../../../directory/shown-settings.ts';
import { rfc3339 } from '../../../kit/clock.ts';
import { SealBroken } from '../../../kit/seal.ts';

/** A PBX without its secrets; one that can not be used as it is stored says why. */
export function presentPbx(directory: Directory, pbx: PbxRecord): Pbx {
  return {
    id: pbx.id,
    name: pbx.name,
    driver: pbx.driver,
    kind: directory.driverOf(pbx).manifest.kind,
    ...settingsOrProblem(directory, pbx),
    created_at: rfc3339(pbx.createdAtMicros),
  };
}

function settingsOrProblem(directory: Directory, pbx: PbxRecord): Pick<Pbx, 'settings' | 'problem'> {
  try {
    return { settings: shownSettings(directory, pbx), problem: null };
  } catch (error) {
    if (!(error instanceof DirectoryError) && !(error instanceof SealBroken)) throw error;
    return { settings: { ...pbx.settings }, problem: error.message };
  }
}
