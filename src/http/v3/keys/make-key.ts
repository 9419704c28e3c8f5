import type { MAKE_KEY } from '../../../../contract/v3/keys.ts';
import { createKey, type MadeKey } from '../../../access/keys.ts';
import { presentKey } from '../../../access/present-key.ts';
import { readRights } from '../../../access/read-rights.ts';
import { actorOf } from '../actor.ts';
import type { Answer, Handler } from '../route.ts';
import { giveOn } from './give-on.ts';
import { orWrong } from './problem-of-access.ts';

export const makeKey: Handler<typeof MAKE_KEY> = async (ask, deps) => {
  const { label = '', ...asked } = ask.body;
  const { keys, clock } = deps;
  const rights = orWrong(() => readRights(asked, clock.nowMicros()));
  await giveOn(ask, deps, rights);
  const { principal } = ask;
  return answerOf(await createKey(keys, clock, principal.tenantId, label, actorOf(principal), rights));
};

export function answerOf({ key, record }: MadeKey): Answer {
  return {
    status: 201,
    headers: { location: `/v3/keys/${record.id}` },
    body: { ...presentKey(record), frozen: null, api_key: key },
  };
}
