import type { CallRequest } from '../calls/plan-call.ts';
import { readNumber } from '../calls/number.ts';
import type { PolicyFacts } from '../calls/policy/judge.ts';
import { isOutside } from '../calls/policy/read-dialled.ts';
import type { Directory } from '../directory/directory.ts';
import { loadNumbering } from '../directory/load-numbering.ts';

/** What planning must know of an account's policy. The numbering plans are there where a number needs them. */
export async function policyFacts(
  directory: Directory,
  tenantId: string,
  { dialFirst, dialSecond }: CallRequest,
  nowMicros: number,
): Promise<PolicyFacts> {
  const policy = await directory.policyOf(tenantId);
  const needsPlans = [dialFirst, dialSecond].some((typed) => {
    const reading = readNumber(typed ?? '', true);
    return reading.ok && isOutside(policy, reading.dial);
  });
  return { policy, numbering: needsPlans ? await loadNumbering() : undefined, nowMicros };
}
