import type { STREAM_CALL_EVENTS } from '../../../../contract/v3/events.ts';
import { isOver } from '../../../calls/life.ts';
import { callOf } from '../calls/call-of.ts';
import type { Handler } from '../route.ts';
import { afterOf, orTooMany, streamOf } from './open-stream.ts';

export const streamCallEvents: Handler<typeof STREAM_CALL_EVENTS> = async (ask, deps) => {
  const call = await callOf(ask, deps);
  const after = afterOf(ask, ask.query.after) ?? 0;
  const isForPages = ask.principal.kind === 'publishable';
  const opened = await orTooMany(deps.live.openCall(call, after, isOver(call.life), isForPages));
  return opened === undefined ? { status: 204 } : streamOf(opened, ask.principal, deps);
};
