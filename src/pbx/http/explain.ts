import type { CallPlan } from '../../calls/call.ts';
import type { Explanation } from '../contract.ts';
import { buildRequest } from './build-request.ts';
import { hide } from './masked.ts';
import { hiddenForms } from './send-step.ts';
import type { Step } from './template.ts';
import type { Sources } from './values.ts';

/**
 * The request that would be sent, secrets masked. What such a PBX would make of it, it can't be asked.
 * @throws UnsafeValue, NotInMap
 */
export function explain(step: Step, plan: CallPlan, sources: Sources): Explanation {
  const { method, path, headers, body } = buildRequest(step, sources);
  const isLoggedIn = step.auth !== undefined && step.auth.type !== 'none';
  const lines = Object.entries({ ...headers, ...(isLoggedIn ? { authorization: '***' } : {}) });
  const order = [
    `${method} ${path}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['', body]),
  ].join('\n');
  const dialAs = sources.template.dial_as === 'none' ? undefined : (plan.dialAs ?? plan.first);
  return {
    ...(dialAs === undefined ? {} : { dialAs }),
    order: hide(order, hiddenForms(sources)),
    exchange: [],
  };
}
