import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import { shownSettings } from '../directory/shown-settings.ts';
import { rfc3339 } from '../kit/clock.ts';

/** A PBX as commands show it: every setting, and of the secret ones only that they are set. */
export function shownPbx(directory: Directory, pbx: PbxRecord) {
  return {
    name: pbx.name,
    driver: pbx.driver,
    kind: directory.driverOf(pbx).manifest.kind,
    id: pbx.id,
    created_at: rfc3339(pbx.createdAtMicros),
    settings: shownSettings(directory, pbx),
  };
}
