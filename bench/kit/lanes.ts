interface Load {
  readonly atOnce: number;
  readonly count: number;
}

/** So many at once, each doing one after another, until all are done. */
export function lanes(load: Load, work: () => Promise<void>): Promise<void>[] {
  let begun = 0;
  return Array.from({ length: load.atOnce }, async () => {
    while (begun < load.count) {
      begun += 1;
      await work();
    }
  });
}
