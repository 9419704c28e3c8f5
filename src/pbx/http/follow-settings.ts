import type { SettingSpec } from '../contract.ts';
import type { SettingsOf } from '../setting-types.ts';

/** Of a PBX that can be asked for a call. */
export const FOLLOW_SETTINGS = [
  {
    name: 'follow_calls',
    label: 'Follow calls',
    help: 'Ask the PBX for each call in progress, so that it is known how far it came and when it ended.',
    type: 'boolean',
    default: true,
  },
  {
    name: 'poll_seconds',
    label: 'Ask every, in seconds',
    help: 'How often the PBX is asked for each call in progress.',
    type: 'number',
    default: 2,
    min: 2,
    max: 60,
  },
] as const satisfies readonly SettingSpec[];

export type FollowSettings = SettingsOf<typeof FOLLOW_SETTINGS>;
