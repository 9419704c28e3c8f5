import type { Identity } from './identity.ts';
import type { AsteriskSettings } from './settings.ts';

/** Who calls, as a phone shows it. */
export interface CallerId {
  /** Empty: none. */
  readonly name: string;
  readonly number: string;
}

/** Whom the second phone is shown: the extension dialled as, in the way that `caller_id` says. */
export function callerIdOf(dialAs: Identity, settings: Pick<AsteriskSettings, 'caller_id'>): CallerId {
  const { name, number } = dialAs.callerId;
  if (settings.caller_id === 'extension') return { name: '', number: dialAs.extension };
  // It goes into the data of an application: a number that is none is not the PBX's to choose there.
  const known = /^[0-9A-Za-z*#+._-]{1,80}$/.test(number) ? number : dialAs.extension;
  return { name: settings.caller_id === 'number' ? '' : readableName(name), number: known };
}

/** A name without what would end its quotes. */
export function readableName(name: string): string {
  return name.replace(/["<>\\]/g, '').trim();
}

/** `"Name" <number>`, or `<number>` alone. */
export function callerIdText({ name, number }: CallerId): string {
  return name === '' ? `<${number}>` : `"${name}" <${number}>`;
}

/** `"Boss" <+12125550100>`, `Boss <201>`, `201`, `<unknown>` or nothing, as `PJSIP_ENDPOINT(x,callerid)` gives it. */
export function readCallerId(text: string, extension: string): CallerId {
  const shown = text.trim();
  const at = shown.endsWith('>') ? shown.lastIndexOf('<') : -1;
  const name = shown.slice(0, Math.max(at, 0)).trim().replace(/^"|"$/g, '');
  const bare = /^[0-9+*#]+$/.test(text) ? text : '';
  const number = (at < 0 ? bare : shown.slice(at + 1, -1)).trim();
  const known = number !== '' && number !== 'unknown';
  return { name: name.trim(), number: known ? number : extension };
}
