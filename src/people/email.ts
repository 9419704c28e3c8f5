import { EMAIL_MAX, EMAIL_PATTERN } from '../../contract/v3/people.ts';

/** An e-mail as it is stored and looked for: nobody's provider tells capitals apart, and people type them. */
export function readEmail(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

export function isEmail(text: string): boolean {
  return text.length <= EMAIL_MAX && new RegExp(EMAIL_PATTERN, 'u').test(text);
}
