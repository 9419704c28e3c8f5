import type { EventType } from '../../../../contract/call-words.ts';
import type { STREAM_EVENTS } from '../../../../contract/v3/events.ts';
import type { Handler } from '../route.ts';
import { afterOf, orTooMany, streamOf, wrongId } from './open-stream.ts';

export const streamEvents: Handler<typeof STREAM_EVENTS> = async (ask, deps) => {
  const { principal, query } = ask;
  const types = query.type === undefined ? undefined : new Set(query.type.split(',') as EventType[]);
  const after = afterOf(ask, query.after);
  const opened = await orTooMany(deps.live.openAccount(principal.tenantId, after, types));
  if (opened === undefined)
    throw wrongId(`The account's feed does not reach ${after}; give the id of an event of this account.`);
  return streamOf(opened, principal, deps);
};
