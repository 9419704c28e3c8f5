/** The entry of a table for a word that came from outside: `constructor` and `__proto__` are words like any other, and stand in none. */
export function lookUp<Entry>(table: Readonly<Record<string, Entry>>, word: string): Entry | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
