import type { PhoneState } from '../../calls/cause.ts';
import type { AsteriskSettings } from './settings.ts';
import { lookUp } from '../../kit/look-up.ts';

/** The kind of channel that the phones of this PBX have: `PJSIP`, unless the settings ring them by another. */
export function phoneTech({ first_channel }: Pick<AsteriskSettings, 'first_channel'>): string {
  return /^([A-Za-z0-9]+)\/\{first\}$/.exec(first_channel)?.[1] ?? 'PJSIP';
}

/**
 * `DEVICE_STATE()` in our words; undefined where it says nothing of a phone.
 * @param isPhone there must be a device of that name; else INVALID means only that the number is no phone's name
 */
export function phoneStateOf(value: string, isPhone: boolean): PhoneState | undefined {
  if (value === 'INVALID') return isPhone ? 'no_such_phone' : undefined;
  return lookUp(STATES, value);
}

const STATES: Readonly<Record<string, PhoneState>> = {
  UNAVAILABLE: 'unregistered',
  NOT_INUSE: 'registered',
  INUSE: 'in_use',
  BUSY: 'in_use',
  RINGING: 'in_use',
  RINGINUSE: 'in_use',
  ONHOLD: 'in_use',
};
