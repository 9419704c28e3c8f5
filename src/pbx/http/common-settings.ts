import type { SettingSpec } from '../contract.ts';
import { PROTECTION_SETTINGS } from '../protection-settings.ts';
import type { SettingsOf } from '../setting-types.ts';
import { FINGERPRINT_SETTING } from '../wire/fingerprint-setting.ts';

/** The settings that every PBX with an HTTP API has; its template adds its own. */
export const COMMON_SETTINGS = [
  {
    name: 'template',
    label: 'Template',
    help: "The PBX's kind: a ready-made template such as 3cx, or the whole path of a .json file of your own.",
    type: 'text',
    required: true,
    pattern: '[^\\p{Cc}]{1,512}',
  },
  {
    name: 'host',
    label: 'Host',
    help: 'Name or address of the PBX.',
    type: 'text',
    required: true,
    pattern: '[A-Za-z0-9.:_-]{1,253}',
  },
  {
    name: 'port',
    label: 'Port',
    help: "Port of the PBX's API; the template knows the usual one.",
    type: 'integer',
    default: 443,
    min: 1,
    max: 65_535,
  },
  {
    name: 'tls',
    label: 'TLS',
    help: 'Speak HTTPS. Without it, passwords and tokens go over the network in clear.',
    type: 'boolean',
    default: true,
  },
  FINGERPRINT_SETTING,
  {
    name: 'answer_seconds',
    label: 'Wait for the answer, in seconds',
    help: 'So long the PBX may take to answer an order; after that the call is in doubt, and is not tried again.',
    type: 'integer',
    default: 10,
    min: 1,
    max: 120,
  },
  ...PROTECTION_SETTINGS,
] as const satisfies readonly SettingSpec[];

export type CommonSettings = SettingsOf<typeof COMMON_SETTINGS>;
