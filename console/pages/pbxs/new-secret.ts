const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

/** A long random text that no configuration file stumbles over: 32 letters of 55, some 185 bits. */
export function newSecret(): string {
  const letters: string[] = [];
  while (letters.length < 32) {
    // What is left over beyond a multiple of the letters would make some of them likelier than others.
    const bytes = crypto.getRandomValues(new Uint8Array(64)).filter((byte) => byte < 220);
    for (const byte of bytes) letters.push(LETTERS[byte % LETTERS.length] ?? '');
  }
  return letters.slice(0, 32).join('');
}
