import type { SettingSpec } from './contract.ts';

/** Settings of every driver that asks its PBX for an extension's rights and identity. */
export const DEFAULT_DIAL_AS_SETTING = {
  name: 'default_dial_as',
  label: 'Default dial_as',
  help: 'The extension dialled as where none is given and dial_first is an outside number.',
  type: 'text',
  default: '',
  pattern: '[A-Za-z0-9._+*#-]{0,40}',
} as const satisfies SettingSpec;

export const EXTENSION_SETTINGS = [
  {
    name: 'named_extensions',
    label: 'Named extensions',
    help: 'Whether alice or sales.desk may be dialled beside numbers.',
    type: 'boolean',
    default: false,
  },
  {
    name: 'cache_seconds',
    label: 'Cache, in seconds',
    help: 'So long what the PBX said of an extension is believed.',
    type: 'integer',
    default: 60,
    min: 0,
    max: 3_600,
  },
] as const satisfies readonly SettingSpec[];
