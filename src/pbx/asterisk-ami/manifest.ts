import { readFileSync } from 'node:fs';
import { ASTERISK_PRESETS, ASTERISK_SETTINGS } from '../asterisk/settings.ts';
import type { DriverManifest, SettingSpec } from '../contract.ts';
import { PROTECTION_SETTINGS } from '../protection-settings.ts';
import type { SettingsOf } from '../setting-types.ts';
import { FINGERPRINT_SETTING } from '../wire/fingerprint-setting.ts';

const connectionSettings = [
  {
    name: 'host',
    label: 'Host',
    help: 'Name or address of the Asterisk.',
    type: 'text',
    required: true,
    pattern: '[A-Za-z0-9.:_-]{1,253}',
  },
  {
    name: 'port',
    label: 'Port',
    help: 'Port of the manager interface: 5038, over TLS usually 5039.',
    type: 'integer',
    default: 5038,
    min: 1,
    max: 65_535,
  },
  {
    name: 'username',
    label: 'Username',
    help: 'Name of the manager user, the section in manager.conf.',
    type: 'text',
    required: true,
    pattern: '[^\\p{Cc}]{1,80}',
  },
  { name: 'secret', label: 'Secret', help: 'Its secret.', type: 'text', required: true, secret: true },
  { name: 'tls', label: 'TLS', help: 'Speak TLS from the first byte.', type: 'boolean', default: false },
  FINGERPRINT_SETTING,
] as const satisfies readonly SettingSpec[];

export const AMI_SETTINGS = [...connectionSettings, ...ASTERISK_SETTINGS, ...PROTECTION_SETTINGS] as const;
export type AmiSettings = SettingsOf<typeof AMI_SETTINGS>;

export const manifest: DriverManifest = {
  id: 'asterisk-ami',
  kind: 'asterisk',
  label: 'Asterisk (AMI)',
  settings: AMI_SETTINGS,
  presets: ASTERISK_PRESETS,
  capabilities: {
    dialsAs: true,
    checksSecond: true,
    secondLegTimeout: true,
    reportsEnd: true,
    reportsLegs: true,
    reportsCause: true,
    reportsWhoHungUp: true,
    hangsUp: true,
    looksUp: true,
  },
  guide: readFileSync(new URL('guide.md', import.meta.url), 'utf8'),
};
