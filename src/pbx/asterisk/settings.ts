import type { DriverManifest, SettingSpec } from '../contract.ts';
import { DEFAULT_DIAL_AS_SETTING, EXTENSION_SETTINGS } from '../extension-settings.ts';
import type { SettingsOf } from '../setting-types.ts';

/** `{first}`, `{second}` and `{context}` are filled in with validated values; nothing else comes into a channel's name. */
const CHANNEL_FORM = '[A-Za-z0-9]+/[A-Za-z0-9{}@_.:+*#/-]+';
const CONTEXT = '[A-Za-z0-9_.-]{0,79}';

/** How calls are formed on an Asterisk: the same names in every driver that fronts one. */
export const ASTERISK_SETTINGS = [
  {
    name: 'preset',
    label: 'Preset',
    help: 'plain: an Asterisk with a dialplan of your own. freepbx: FreePBX and its kin.',
    type: 'choice',
    choices: ['plain', 'freepbx'],
    default: 'plain',
  },
  {
    name: 'first_channel',
    label: 'Channel of the first leg',
    help: 'How an extension is rung; {first} is its number.',
    type: 'text',
    default: 'PJSIP/{first}',
    pattern: CHANNEL_FORM,
  },
  {
    name: 'outside_channel',
    label: 'Channel of an outside first leg',
    help: 'How a dial_first that is no extension is rung, with the rights of the extension dialled as.',
    type: 'text',
    default: 'Local/{first}@{context}/n',
    pattern: CHANNEL_FORM,
  },
  {
    name: 'second_channel',
    label: 'Channel of the second leg',
    help: 'How the second number is dialled; {context} is the context of the extension dialled as.',
    type: 'text',
    default: 'Local/{second}@{context}/n',
    pattern: CHANNEL_FORM,
  },
  {
    name: 'lookup',
    label: 'Look-up of extensions',
    help: "pjsip: an extension's context, caller ID and account code are asked from the PBX. none: context is used for all.",
    type: 'choice',
    choices: ['pjsip', 'none'],
    default: 'pjsip',
  },
  {
    name: 'context',
    label: 'Context',
    help: 'The dialplan context of every second leg. Empty: the context of the extension dialled as.',
    type: 'text',
    default: '',
    pattern: CONTEXT,
  },
  DEFAULT_DIAL_AS_SETTING,
  {
    name: 'caller_id',
    label: 'Caller ID of the second leg',
    help: "own: the extension's name and number as the PBX has them. number: the number of these. extension: the extension.",
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
    pattern: '[^\\p{Cc}"<>\\\\]{0,40}',
  },
  {
    name: 'auto_answer',
    label: 'Auto-answer',
    help: 'Header that makes the first phone pick up by itself, if it is set up to. It opens the microphone of that phone.',
    type: 'choice',
    choices: ['none', 'call-info', 'alert-info', 'both'],
    default: 'none',
  },
  {
    name: 'auto_answer_by',
    label: 'Auto-answer by',
    help: 'How the header reaches the first phone: pjsip for a PJSIP channel, freepbx for a Local one of FreePBX.',
    type: 'choice',
    choices: ['pjsip', 'freepbx'],
    default: 'pjsip',
  },
  ...EXTENSION_SETTINGS,
] as const satisfies readonly SettingSpec[];

export type AsteriskSettings = SettingsOf<typeof ASTERISK_SETTINGS>;

/** What the choice of a preset brings along. */
export const ASTERISK_PRESETS: NonNullable<DriverManifest['presets']> = {
  preset: {
    plain: {},
    freepbx: {
      first_channel: 'Local/{first}@originate-skipvm/n',
      // Its dialplan finds the user, and so the rights and the outbound caller ID, by the extension's number.
      caller_id: 'extension',
      auto_answer_by: 'freepbx',
    },
  },
};
