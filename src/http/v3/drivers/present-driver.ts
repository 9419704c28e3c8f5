import type { Driver } from '../../../../contract/v3/drivers.ts';
import type { PbxDriver, SettingSpec } from '../../../pbx/contract.ts';
import { presentCapabilities } from '../pbxs/present-capabilities.ts';

/** @param settings those that it has by what is known of the PBX so far */
export function presentDriver(driver: PbxDriver, settings: readonly SettingSpec[]): Driver {
  const { id, kind, label, presets = {}, guides = {}, capabilities } = driver.manifest;
  return {
    id,
    kind,
    label,
    settings: settings.map(presentSetting),
    presets,
    templates: Object.keys(guides),
    connects_to_us: 'files' in driver,
    capabilities: presentCapabilities(capabilities),
  };
}

function presentSetting(spec: SettingSpec): Driver['settings'][number] {
  const { name, label, help, type, required = false, secret = false, pattern } = spec;
  return {
    name,
    label,
    help,
    type,
    required,
    secret,
    default: spec.default ?? null,
    choices: spec.choices === undefined ? null : [...spec.choices],
    pattern: pattern ?? null,
    min: spec.min ?? null,
    max: spec.max ?? null,
  };
}
