import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import { rfc3339 } from '../kit/clock.ts';
import type { SettingValue } from '../pbx/contract.ts';
import { settingsFor } from '../pbx/settings.ts';

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
  const all = directory.settingsOf(pbx);
  const { settings: specs } = settingsFor(directory.driverOf(pbx).manifest, all);
  return Object.fromEntries(
    specs.flatMap(({ name, secret }) => {
      const value = all[name];
      if (value === undefined) return [];
      return [[name, secret === true && value !== '' ? '***' : value]];
    }),
  );
}
