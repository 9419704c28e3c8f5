import type { Static } from 'typebox';
import type { EXPLAIN_CALL } from '../../../../contract/v3/calls.ts';
import type { CallRequest } from '../../../calls/plan-call.ts';

/** What the body asks for. */
export function requestOf(body: Static<(typeof EXPLAIN_CALL)['body']>): CallRequest {
  return {
    dialFirst: body.dial_first,
    dialSecond: body.dial_second,
    dialAs: body.dial_as,
    timeout: body.timeout === undefined ? undefined : String(body.timeout),
    pbx: body.pbx,
    callerIdName: body.caller_id_name,
  };
}
