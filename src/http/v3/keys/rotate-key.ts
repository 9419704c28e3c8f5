import type { ROTATE_KEY } from '../../../../contract/v3/keys.ts';
import { rotateKey as rotate } from '../../../access/keys.ts';
import { readRights } from '../../../access/read-rights.ts';
import { actorOf } from '../actor.ts';
import { notFound } from '../problem.ts';
import type { Handler } from '../route.ts';
import { giveOn } from './give-on.ts';
import { keyOf } from './key-of.ts';
import { answerOf } from './make-key.ts';
import { orWrong } from './problem-of-access.ts';

const SECOND_MICROS = 1_000_000;
const OVERLAP_SECONDS = 86_400;

/** Whoever rotates a key is given one with its rights: so they must have them. */
export const rotateKey: Handler<typeof ROTATE_KEY> = async (ask, deps) => {
  const { overlap_seconds: overlap = OVERLAP_SECONDS, expires_at } = ask.body;
  const { keys, clock } = deps;
  const old = await keyOf(ask, deps);
  const asked = orWrong(() => readRights({ expires_at }, clock.nowMicros()));
  const expiresAtMicros = asked.expiresAtMicros ?? old.expiresAtMicros;
  await giveOn(ask, deps, { ...old, expiresAtMicros });
  const by = actorOf(ask.principal);
  const made = await rotate(keys, clock, old, overlap * SECOND_MICROS, by, expiresAtMicros);
  if (made === undefined) throw notFound('live key');
  return answerOf(made);
};
