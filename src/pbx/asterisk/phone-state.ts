import type { PhoneState } from '../../calls/cause.ts';

/** What `DEVICE_STATE(PJSIP/101)` says of a phone, in words that are the same for every PBX (funcs/func_devstate.c). */
export function phoneStateOf(deviceState: string): PhoneState {
  return STATES[deviceState] ?? 'unknown';
}

const STATES: Readonly<Record<string, PhoneState>> = {
  NOT_INUSE: 'registered',
  INUSE: 'in_use',
  BUSY: 'in_use',
  RINGING: 'in_use',
  RINGINUSE: 'in_use',
  ONHOLD: 'in_use',
  UNAVAILABLE: 'unregistered',
  INVALID: 'no_such_phone',
};
