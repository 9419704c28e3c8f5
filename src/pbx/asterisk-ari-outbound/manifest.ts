import { readFileSync } from 'node:fs';
import { ASTERISK_PRESETS, ASTERISK_SETTINGS } from '../asterisk/settings.ts';
import type { DriverManifest, SettingSpec } from '../contract.ts';
import { PROTECTION_SETTINGS } from '../protection-settings.ts';
import type { SettingsOf } from '../setting-types.ts';

const connectionSettings = [
  {
    name: 'app',
    label: 'Stasis application',
    help: 'The name under which calls are handled. It must be ours alone, and the same as apps in ari.conf.',
    type: 'text',
    default: 'click2call',
    pattern: '[A-Za-z0-9_.-]{1,40}',
  },
] as const satisfies readonly SettingSpec[];

export const ARI_OUTBOUND_SETTINGS = [
  ...connectionSettings,
  ...ASTERISK_SETTINGS,
  ...PROTECTION_SETTINGS,
] as const;
export type AriOutboundSettings = SettingsOf<typeof ARI_OUTBOUND_SETTINGS>;

export const manifest: DriverManifest = {
  id: 'asterisk-ari-outbound',
  kind: 'asterisk',
  label: 'Asterisk behind NAT (ARI, outbound WebSocket)',
  settings: ARI_OUTBOUND_SETTINGS,
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
