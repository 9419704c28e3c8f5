import type { READ_CALL } from '../../../../contract/v3/calls.ts';
import { presentCall } from '../../../calls/present-call.ts';
import type { Handler } from '../route.ts';
import { callOf } from './call-of.ts';

export const readCall: Handler<typeof READ_CALL> = async (ask, deps) => {
  const call = await callOf(ask, deps);
  return { status: 200, body: presentCall(call, call.life) };
};
