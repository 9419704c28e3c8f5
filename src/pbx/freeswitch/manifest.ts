import { readFileSync } from 'node:fs';
import type { DriverManifest, SettingSpec } from '../contract.ts';
import { DEFAULT_DIAL_AS_SETTING, EXTENSION_SETTINGS } from '../extension-settings.ts';
import { PROTECTION_SETTINGS } from '../protection-settings.ts';
import type { SettingsOf } from '../setting-types.ts';
import { FINGERPRINT_SETTING } from '../wire/fingerprint-setting.ts';

/** `{first}`, `{domain}` and `{context}` are filled in with validated values; nothing else comes into a channel's name. */
const CHANNEL_FORM = '[A-Za-z0-9_]+/[A-Za-z0-9{}@_.:+*#/-]+';
const CONTEXT = '[A-Za-z0-9_.-]{0,79}';
const HOST = '[A-Za-z0-9.:_-]{1,253}';

const connectionSettings = [
  {
    name: 'host',
    label: 'Host',
    help: 'Name or address of the FreeSWITCH.',
    type: 'text',
    required: true,
    pattern: HOST,
  },
  {
    name: 'port',
    label: 'Port',
    help: 'Port of the Event Socket, 8021; that of the TLS proxy where one stands in front of it.',
    type: 'integer',
    default: 8021,
    min: 1,
    max: 65_535,
  },
  {
    name: 'user',
    label: 'User',
    help: 'A directory user with esl-password, so that its rights can be few. Empty: the one password of event_socket.conf.xml.',
    type: 'text',
    default: '',
    pattern: '|[A-Za-z0-9._+*#-]{1,80}(?:@[A-Za-z0-9.:_-]{1,253})?',
  },
  {
    name: 'password',
    label: 'Password',
    help: "The user's esl-password; without a user, the password of event_socket.conf.xml.",
    type: 'text',
    required: true,
    secret: true,
  },
  {
    name: 'tls',
    label: 'TLS',
    help: 'Speak TLS from the first byte. FreeSWITCH itself does not: a proxy such as stunnel does it for it.',
    type: 'boolean',
    default: false,
  },
  FINGERPRINT_SETTING,
] as const satisfies readonly SettingSpec[];

const callSettings = [
  {
    name: 'domain',
    label: 'Domain',
    help: 'The directory domain of the extensions, as in 101@pbx.example.net.',
    type: 'text',
    required: true,
    pattern: HOST,
  },
  {
    name: 'first_channel',
    label: 'Channel of the first leg',
    help: 'How an extension is rung; {first} is its number, {domain} the domain.',
    type: 'text',
    default: 'user/{first}@{domain}',
    pattern: CHANNEL_FORM,
  },
  {
    name: 'outside_channel',
    label: 'Channel of an outside first leg',
    help: 'How a dial_first that is no extension is rung; {context} is that of the extension dialled as. Or a gateway: sofia/gateway/<name>/{first}.',
    type: 'text',
    default: 'loopback/{first}/{context}/XML',
    pattern: CHANNEL_FORM,
  },
  {
    name: 'context',
    label: 'Context',
    help: 'The dialplan context of every second leg. Empty: the user_context of the extension dialled as.',
    type: 'text',
    default: '',
    pattern: CONTEXT,
  },
  DEFAULT_DIAL_AS_SETTING,
  {
    name: 'caller_id',
    label: 'Caller ID of the second leg',
    help: "own: the extension's effective_caller_id_name and _number. number: the number of these. extension: the extension.",
    type: 'choice',
    choices: ['own', 'number', 'extension'],
    default: 'own',
  },
  {
    name: 'first_shows',
    label: 'Name on the first phone',
    help: 'Stands on the first phone beside the number that is about to be called.',
    type: 'text',
    default: 'Call to',
    pattern: '[\\p{L}\\p{M}\\p{N}_-](?:[\\p{L}\\p{M}\\p{N} ._-]{0,38}[\\p{L}\\p{M}\\p{N}._-])?',
  },
  {
    name: 'auto_answer',
    label: 'Auto-answer',
    help: 'call-info: a header that makes the first phone pick up by itself, if it is set up to. It opens the microphone of that phone.',
    type: 'choice',
    choices: ['none', 'call-info'],
    default: 'none',
  },
  ...EXTENSION_SETTINGS,
] as const satisfies readonly SettingSpec[];

export const FREESWITCH_SETTINGS = [...connectionSettings, ...callSettings, ...PROTECTION_SETTINGS] as const;
export type FreeswitchSettings = SettingsOf<typeof FREESWITCH_SETTINGS>;

export const manifest: DriverManifest = {
  id: 'freeswitch',
  kind: 'other',
  label: 'FreeSWITCH (Event Socket)',
  settings: FREESWITCH_SETTINGS,
  capabilities: {
    dialsAs: true,
    checksSecond: false,
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
