import type { READ_CALL } from '../../../../contract/v3/calls.ts';
import type { Handler } from '../route.ts';
import { callOf } from './call-of.ts';
import { shownTo } from './shown-to.ts';

export const readCall: Handler<typeof READ_CALL> = async (ask, deps) => {
  const call = await callOf(ask, deps);
  return { status: 200, body: shownTo(ask.principal, call) };
};
