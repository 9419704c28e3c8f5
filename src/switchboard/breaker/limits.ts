import type { Policy } from '../../../contract/v3/policy.ts';
import type { Principal } from '../../access/keys.ts';
import type { Refusal } from '../../calls/plan-call.ts';

/** What calls are counted by, and how many there may be. */
export interface Counted {
  /** Unique over all that is counted. */
  readonly name: string;
  /** Who has so many: begins a sentence. */
  readonly who: string;
  readonly perMinute: Limit | undefined;
  readonly atOnce: Limit | undefined;
}

interface Limit {
  readonly most: number;
  /** What the setting is called that says so. */
  readonly rule: string;
}

/** @param number the outside number that is dialled second, in one form; undefined where it is none */
export function countedOf(
  principal: Principal,
  policy: Policy,
  number: string | undefined,
): readonly Counted[] {
  const { tenantId, keyId, limits } = principal;
  const key: Counted[] =
    keyId === undefined
      ? []
      : [
          {
            name: keyName(keyId),
            who: 'This key',
            perMinute: limitOf(limits?.perMinute, 'per_minute'),
            atOnce: limitOf(limits?.atOnce, 'at_once'),
          },
        ];
  const numbers: Counted[] =
    number === undefined
      ? []
      : [
          {
            name: `number ${tenantId} ${number}`,
            who: `The number ${number}`,
            perMinute: limitOf(policy.number_calls_per_minute, 'number_calls_per_minute'),
            atOnce: limitOf(policy.number_calls_at_once, 'number_calls_at_once'),
          },
        ];
  return [
    ...key,
    {
      name: accountName(tenantId),
      who: 'This account',
      perMinute: limitOf(policy.calls_per_minute, 'calls_per_minute'),
      atOnce: limitOf(policy.calls_at_once, 'calls_at_once'),
    },
    ...numbers,
  ];
}

export function keyName(keyId: string): string {
  return `key ${keyId}`;
}

export function accountName(tenantId: string): string {
  return `account ${tenantId}`;
}

function limitOf(most: number | null | undefined, rule: string): Limit | undefined {
  return most === null || most === undefined ? undefined : { most, rule };
}

export function tooManyInAMinute(who: string, { most, rule }: Limit): Refusal {
  return {
    code: 'too_many_calls',
    message: `${who} may have ${most} calls a minute (${rule}), and has; try again in a minute.`,
  };
}

export function tooManyAtOnce(who: string, { most, rule }: Limit): Refusal {
  return {
    code: 'too_many_calls',
    message: `${who} may have ${most} calls at the same time (${rule}), and has; try again when one is over.`,
  };
}
