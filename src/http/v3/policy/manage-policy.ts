import type { READ_POLICY, SET_POLICY } from '../../../../contract/v3/policy.ts';
import { PolicyError } from '../../../directory/directory.ts';
import { actorOf } from '../actor.ts';
import { problemOfFields } from '../problem.ts';
import type { Handler } from '../route.ts';

export const readPolicy: Handler<typeof READ_POLICY> = async ({ principal }, { directory }) => {
  return { status: 200, body: await directory.policyOf(principal.tenantId) };
};

export const setPolicy: Handler<typeof SET_POLICY> = async ({ principal, body }, { directory }) => {
  try {
    const policy = await directory.as(actorOf(principal)).setPolicy(principal.tenantId, body);
    return { status: 200, body: policy };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw problemOfFields(error.problems.map((each) => ({ ...each, code: 'parameter_invalid' })));
  }
};
