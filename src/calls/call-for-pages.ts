import { ERROR_CODES } from '../../contract/error-codes.ts';
import type { Call } from '../../contract/v3/call.ts';

/**
 * A call as everybody may see it who looks at a web page with a publishable key: how it stands, and nothing of how its PBX
 * does it. What a PBX or a network says may hold addresses and names of the inside.
 */
export function callForPages(call: Call): Call {
  return {
    ...call,
    dial_as: null,
    pbx: null,
    legs: call.legs.map((leg) => ({ ...leg, cause: leg.cause && { ...leg.cause, text: '' } })),
    problem: call.problem && { ...call.problem, said: titleOf(call.problem.code), remedy: '' },
    diagnosis: null,
  };
}

function titleOf(code: string): string {
  return Object.entries(ERROR_CODES).find(([each]) => each === code)?.[1].title ?? '';
}
