import type { SettingValue } from '../pbx/contract.ts';
import { settingsFor } from '../pbx/settings.ts';
import type { Directory } from './directory.ts';
import type { PbxRecord } from './ports.ts';

/** What stands for a secret that is set. */
export const SHOWN_SECRET = '***';

/** Every setting of a PBX, and of the secret ones only that they are set. @throws SealBroken, DirectoryError */
export function shownSettings(directory: Directory, pbx: PbxRecord): Record<string, SettingValue> {
  const all = directory.settingsOf(pbx);
  const { settings: specs } = settingsFor(directory.driverOf(pbx).manifest, all);
  return Object.fromEntries(
    specs.flatMap(({ name, secret }) => {
      const value = all[name];
      if (value === undefined) return [];
      return [[name, secret === true && value !== '' ? SHOWN_SECRET : value]];
    }),
  );
}
