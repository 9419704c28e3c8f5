import type { Numbering } from '../calls/policy/policy.ts';

let loaded: Numbering | undefined;

/** The numbering plans of the world: loaded for the first outside number, which takes some 50 ms and 20 MB. */
export async function loadNumbering(): Promise<Numbering> {
  loaded ??= (await import('../calls/policy/numbering.ts')).numbering;
  return loaded;
}
