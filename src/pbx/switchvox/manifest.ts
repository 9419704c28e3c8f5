import { readFileSync } from 'node:fs';
import type { Capabilities, DriverManifest, Settings, SettingSpec } from '../contract.ts';
import { PROTECTION_SETTINGS } from '../protection-settings.ts';
import type { SettingsOf } from '../setting-types.ts';
import { FINGERPRINT_SETTING } from '../wire/fingerprint-setting.ts';

const connectionSettings = [
  {
    name: 'host',
    label: 'Host',
    help: 'Name or address of the Switchvox.',
    type: 'text',
    required: true,
    pattern: '[A-Za-z0-9.:_-]{1,253}',
  },
  {
    name: 'port',
    label: 'Port',
    help: 'Port of its HTTPS.',
    type: 'integer',
    default: 443,
    min: 1,
    max: 65_535,
  },
  {
    name: 'username',
    label: 'Username',
    help: 'Name of the administrator whose login we use; as a user, the extension.',
    type: 'text',
    required: true,
    pattern: '[^\\p{Cc}:]{1,80}',
  },
  { name: 'password', label: 'Password', help: 'Its password.', type: 'text', required: true, secret: true },
  FINGERPRINT_SETTING,
  {
    name: 'tls',
    label: 'TLS',
    help: 'A Switchvox always speaks HTTPS; false is for a simulator or a test, where nothing secret goes over the wire.',
    type: 'boolean',
    default: true,
  },
  {
    name: 'role',
    label: 'Role of the login',
    help: 'administrator: may dial as every extension. user: an extension of the PBX, which dials as itself alone.',
    type: 'choice',
    choices: ['administrator', 'user'],
    default: 'administrator',
  },
  {
    name: 'format',
    label: 'Format',
    help: 'json, or xml for a Switchvox so old that it has only that.',
    type: 'choice',
    choices: ['json', 'xml'],
    default: 'json',
  },
  {
    name: 'auth',
    label: 'Authentication',
    help: 'auto: whichever the box asks for, Basic over TLS only. digest: the password itself is never sent. basic: sent at once.',
    type: 'choice',
    choices: ['auto', 'basic', 'digest'],
    default: 'auto',
  },
  {
    name: 'answer_seconds',
    label: 'Answer within, in seconds',
    help: "An order without an answer in this time is in doubt. 0: the call's own timeout and 15 seconds more.",
    type: 'integer',
    default: 0,
    min: 0,
    max: 1_100,
  },
] as const satisfies readonly SettingSpec[];

const callSettings = [
  {
    name: 'default_dial_as',
    label: 'Default dial_as',
    help: 'The extension dialled as where none is given and dial_first is an outside number.',
    type: 'text',
    default: '',
    pattern: '[0-9*]{0,32}',
  },
  {
    name: 'caller_id_name',
    label: 'Caller ID name',
    help: 'Name that the first phone shows beside the other number, 20 characters at most. Empty: what the PBX has for it.',
    type: 'text',
    default: 'Click-2-Call',
    pattern: '[^\\p{Cc}]{0,20}',
  },
  {
    name: 'second_timeout',
    label: 'Timeout of the second leg',
    help: 'Tell the PBX how long the second number may ring; false for versions that do not know timeout_second_call.',
    type: 'boolean',
    default: true,
  },
  {
    name: 'ignore_call_rules',
    label: 'Ignore call rules',
    help: 'Ring the first phone itself. false: its call rules hold, and its voicemail may pick up in its place.',
    type: 'boolean',
    default: true,
  },
  {
    name: 'ignore_api_settings',
    label: 'Ignore Call API settings',
    help: 'Dial the numbers as they are, without the prefix digits that the extension dialled as has in its Call API settings.',
    type: 'boolean',
    default: false,
  },
  {
    name: 'auto_answer',
    label: 'Auto-answer',
    help: 'Makes the first phone pick up by itself, which opens its microphone. For versions that know auto_answer.',
    type: 'boolean',
    default: false,
  },
  {
    name: 'call_id_variable',
    label: 'Variable with the call id',
    help: "Name of an IVR variable that is set to the call's id. Empty: none.",
    type: 'text',
    default: '',
    pattern: '[A-Za-z_][A-Za-z0-9_]{0,39}|',
  },
  {
    name: 'follow_calls',
    label: 'Follow calls',
    help: 'Look for calls in progress among the current calls of the PBX, so that their end is known and they can be ended. As an administrator only.',
    type: 'boolean',
    default: true,
  },
  {
    name: 'poll_seconds',
    label: 'Look every, in seconds',
    help: 'How often the current calls are looked at while one of ours is in progress: one request for all.',
    type: 'number',
    default: 2,
    min: 2,
    max: 60,
  },
  {
    name: 'cache_seconds',
    label: 'Cache, in seconds',
    help: 'So long the account id that the PBX gave for an extension is believed.',
    type: 'integer',
    default: 60,
    min: 0,
    max: 600,
  },
] as const satisfies readonly SettingSpec[];

export const SWITCHVOX_SETTINGS = [...connectionSettings, ...callSettings, ...PROTECTION_SETTINGS] as const;
export type SwitchvoxSettings = SettingsOf<typeof SWITCHVOX_SETTINGS>;

/** An extension's login can not see the current calls. */
export function followsCalls(settings: Settings): boolean {
  return settings['follow_calls'] !== false && settings['role'] !== 'user';
}

const capabilities: Capabilities = {
  dialsAs: true,
  checksSecond: true,
  secondLegTimeout: true,
  reportsEnd: false,
  reportsLegs: false,
  reportsCause: false,
  reportsWhoHungUp: false,
  hangsUp: false,
  looksUp: false,
};

export const manifest: DriverManifest = {
  id: 'switchvox',
  kind: 'switchvox',
  label: 'Switchvox (Extend API)',
  settings: SWITCHVOX_SETTINGS,
  capabilities,
  capabilitiesFor: (settings) => ({
    ...capabilities,
    reportsEnd: followsCalls(settings),
    hangsUp: followsCalls(settings),
  }),
  guide: readFileSync(new URL('guide.md', import.meta.url), 'utf8'),
};
