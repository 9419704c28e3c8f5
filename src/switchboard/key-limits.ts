import type { Principal } from '../access/keys.ts';
import type { CallPlan } from '../calls/call.ts';
import { matchesAny } from '../calls/number-pattern.ts';
import type { Refusal } from '../calls/plan-call.ts';

/**
 * Each limit of a key that a planned call goes beyond. What is held against it is what would be dialled, however it was written.
 * @param isInTheBox whether the PBX is one of those that ring nobody's phone
 */
export function limitRefusals(
  { kind, limits = {} }: Principal,
  plan: CallPlan,
  isInTheBox: boolean,
): Refusal[] {
  // What a page's key may dial is not for everybody who looks at the page.
  const shown = (allowed: readonly string[]) => (kind === 'publishable' ? '' : ` (${allowed.join(', ')})`);
  const outside = (
    field: string,
    dial: string,
    limit: string,
    allowed: readonly string[] | undefined,
  ): Refusal[] =>
    allowed === undefined || matchesAny(allowed, dial)
      ? []
      : [
          {
            code: 'key_limit',
            field,
            message: `${field}: this key's ${limit}${shown(allowed)} has not ${dial}; give one that it has, or use another key.`,
          },
        ];
  return [
    ...(kind === 'test' && !isInTheBox ? [NOT_IN_THE_BOX] : []),
    ...outside('dial_first', plan.first, 'allow_first', limits.allowFirst),
    ...outside('dial_second', plan.second, 'allow_to', limits.allowTo),
    // Where nobody is named, the first number's rights and identity are dialled with.
    ...outside('dial_as', plan.dialAs ?? plan.first, 'allow_as', limits.allowAs),
  ];
}

const NOT_IN_THE_BOX: Refusal = {
  code: 'key_limit',
  field: 'pbx',
  message:
    'pbx: a test key rings the PBXs in the box alone, while the server runs with serve --sandbox; give one of them, or use a live key.',
};
