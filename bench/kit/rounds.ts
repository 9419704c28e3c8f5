/** What both sides came to in each round, pair by pair. */
export interface Rounds<Measured = number> {
  readonly ours: readonly Measured[];
  readonly other: readonly Measured[];
}

/**
 * Measures two sides in turn, A B A B: what the machine does meanwhile meets both. A round before the first one lets
 * the compilers of both sides warm up and counts for nothing.
 */
export async function alternate<Measured>(
  rounds: number,
  ours: () => Promise<Measured>,
  other: () => Promise<Measured>,
): Promise<Rounds<Measured>> {
  await ours();
  await other();
  const measured = { ours: [] as Measured[], other: [] as Measured[] };
  for (let round = 0; round < rounds; round += 1) {
    measured.ours.push(await ours());
    measured.other.push(await other());
  }
  return measured;
}
