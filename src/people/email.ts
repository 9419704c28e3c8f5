/** An e-mail as it is stored and looked for: nobody's provider tells capitals apart, and people type them. */
export function readEmail(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
