import type { HANG_UP_CALL } from '../../../../contract/v3/calls.ts';
import { isOver } from '../../../calls/life.ts';
import { presentCall } from '../../../calls/present-call.ts';
import { notFound } from '../problem.ts';
import { asProblem } from '../problem-of-pbx.ts';
import type { Handler } from '../route.ts';

export const hangUpCall: Handler<typeof HANG_UP_CALL> = async (ask, { hangUp }) => {
  const id = ask.param('id');
  const call = await hangUp.hangUp(ask.principal.tenantId, id, ask.seen()).catch(asProblem({ call_id: id }));
  if (call === undefined) throw notFound('call');
  return { status: isOver(call.life) ? 200 : 202, body: presentCall(call, call.life) };
};
