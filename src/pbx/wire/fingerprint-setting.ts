import type { SettingSpec } from '../contract.ts';

/** The setting behind `SocketTarget.fingerprint`: the same for every driver that speaks TLS. */
export const FINGERPRINT_SETTING = {
  name: 'fingerprint',
  label: 'Certificate fingerprint',
  help: 'SHA-256 of a self-signed certificate, in hex. Empty: the certificate is checked against the known authorities.',
  type: 'text',
  default: '',
  pattern: '|(?:[0-9A-Fa-f]{2}:?){32}',
} as const satisfies SettingSpec;
