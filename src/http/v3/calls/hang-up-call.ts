import type { HANG_UP_CALL } from '../../../../contract/v3/calls.ts';
import { ERROR_CODES } from '../../../../contract/error-codes.ts';
import { isOver } from '../../../calls/life.ts';
import { notFound, Problem } from '../problem.ts';
import { asProblem } from '../problem-of-pbx.ts';
import type { Ask, Handler } from '../route.ts';
import { callOf } from './call-of.ts';
import { shownTo } from './shown-to.ts';

export const hangUpCall: Handler<typeof HANG_UP_CALL> = async (ask, deps) => {
  const { id } = await callOf(ask, deps);
  const call = await deps.hangUp
    .hangUp(ask.principal.tenantId, id, ask.seen())
    .catch(asProblem({ call_id: id }))
    .catch(asShownTo(ask.principal));
  if (call === undefined) throw notFound('call');
  return { status: isOver(call.life) ? 200 : 202, body: shownTo(ask.principal, call) };
};

/** A page that everybody reads is told what kind of thing went wrong, and no word of the PBX. */
function asShownTo({ kind }: Ask['principal']): (error: unknown) => never {
  return (error) => {
    if (kind !== 'publishable' || !(error instanceof Problem)) throw error;
    throw new Problem(error.code, ERROR_CODES[error.code].says);
  };
}
