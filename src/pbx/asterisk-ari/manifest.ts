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
    help: "Port of Asterisk's HTTP server: 8088, over TLS usually 8089.",
    type: 'integer',
    default: 8088,
    min: 1,
    max: 65_535,
  },
  {
    name: 'username',
    label: 'Username',
    help: 'Name of the ARI user, a section with type = user in ari.conf.',
    type: 'text',
    required: true,
    // A colon would end it in HTTP's Basic credential.
    pattern: '[^\\p{Cc}:]{1,80}',
  },
  { name: 'password', label: 'Password', help: 'Its password.', type: 'text', required: true, secret: true },
  { name: 'tls', label: 'TLS', help: 'Speak HTTPS.', type: 'boolean', default: false },
  FINGERPRINT_SETTING,
  {
    name: 'app',
    label: 'Stasis application',
    help: 'The name under which calls are handled. It must be ours alone; change it where something else uses it.',
    type: 'text',
    default: 'click2call',
    pattern: '[A-Za-z0-9_.-]{1,40}',
  },
] as const satisfies readonly SettingSpec[];

export const ARI_SETTINGS = [...connectionSettings, ...ASTERISK_SETTINGS, ...PROTECTION_SETTINGS] as const;
export type AriSettings = SettingsOf<typeof ARI_SETTINGS>;

export const manifest: DriverManifest = {
  id: 'asterisk-ari',
  kind: 'asterisk',
  label: 'Asterisk (ARI)',
  settings: ARI_SETTINGS,
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
