import type { EXPLAIN_CALL } from '../../../../contract/v3/calls.ts';
import { presentExplanation } from '../../present-explanation.ts';
import type { Handler } from '../route.ts';
import { requestOf } from './request-of.ts';

export const explainCall: Handler<typeof EXPLAIN_CALL> = async ({ principal, body }, { explainCall }) => {
  const explained = await explainCall.explain(principal, requestOf(body));
  return { status: 200, body: presentExplanation(explained) };
};
