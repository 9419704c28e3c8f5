/** The known word that `word` was probably meant to be, for "did you mean" in errors. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  // A long word is no misspelling of a short one, and the table below must stay small.
  const near = known.filter((candidate) => Math.abs(candidate.length - typed.length) <= 2);
  const best = near
    .map((candidate) => ({ candidate, steps: editDistance(typed, candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return best !== undefined && best.steps <= 2 ? best.candidate : undefined;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, char] of Array.from(from).entries()) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j++) {
      const replace = (row[j - 1] ?? 0) + (char === to[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
