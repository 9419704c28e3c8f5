import type { Act } from '../audit/act.ts';
import { masterKeyIdOf, SealBroken, type Seal } from '../kit/seal.ts';
import type { DirectoryStore, SealedText } from './ports.ts';

export interface Resealed {
  /** Seals that were replaced. */
  readonly count: number;
  /** The places of seals that no master key that is here opens. They were left as they are. */
  readonly broken: readonly string[];
}

/** Seals written at once: they share a commit, and what was done by then is not done again. */
const TOGETHER = 100;

/**
 * Puts the newest master key into use, and then replaces each seal of an older one in a transaction of its own. From the
 * first step on, which `act` tells of, no process can store a seal of an older key, so that at the end there is none but the broken ones.
 */
export async function resealAll(store: DirectoryStore, seal: Seal, act: Act): Promise<Resealed> {
  const newest = act.subject;
  await store.sealWith(newest, act);
  const older = (await store.sealedTexts()).filter(({ sealed }) => masterKeyIdOf(sealed) !== newest);
  const broken: string[] = [];
  let count = 0;
  for (let from = 0; from < older.length; from += TOGETHER) {
    const replaced = older.slice(from, from + TOGETHER).map(async (text) => {
      const plain = openOf(seal, text);
      if (plain === undefined) broken.push(text.place);
      // Where somebody else has changed it meanwhile, they sealed it with the newest key.
      else if (await store.reseal(text, seal.close(plain, text.place, newest))) count += 1;
    });
    await Promise.all(replaced);
  }
  return { count, broken };
}

function openOf(seal: Seal, { sealed, place }: SealedText): string | undefined {
  try {
    return seal.open(sealed, place);
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}
