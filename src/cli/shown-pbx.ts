import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import { rfc3339 } from '../kit/clock.ts';
import type { SettingValue } from '../pbx/contract.ts';

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

function shownSettings(directory: Directory, pbx: PbxRecord): Record<string, SettingValue> {
  const { settings: specs } = directory.driverOf(pbx).manifest;
  const all = directory.settingsOf(pbx);
  return Object.fromEntries(
    specs.flatMap(({ name, secret }) => {
      const value = all[name];
      if (value === undefined) return [];
      return [[name, secret === true && value !== '' ? '***' : value]];
    }),
  );
}
