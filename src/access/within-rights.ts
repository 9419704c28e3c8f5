import { rfc3339 } from '../kit/clock.ts';
import type { Principal } from './keys.ts';
import type { KeyLimits, KeyRights } from './limits.ts';
import type { AccessProblem } from './read-rights.ts';
import { mayDo, scopesOf } from './scopes.ts';

const LISTS = {
  allowFirst: 'allow_first',
  allowAs: 'allow_as',
  allowTo: 'allow_to',
  allowIp: 'allow_ip',
  allowOrigin: 'allow_origin',
} as const satisfies Partial<Record<keyof KeyLimits, string>>;

/**
 * Everything in which a key would have more rights than who makes it: so nobody comes by rights that they were not given, by a
 * key that they make or by one that they rotate. What is allowed is compared as it is written: who may dial `1xx` gives that on,
 * or no key with `allow_first`.
 * @param maker who asks; whoever has no key has all of their account's rights, less their scopes
 * @param makerExpiresAtMicros when the maker's own key expires
 */
export function beyondRights(
  maker: Principal,
  makerExpiresAtMicros: number | undefined,
  wanted: KeyRights,
): AccessProblem[] {
  const { limits = {}, kind } = maker;
  if (limits.perMinute !== undefined || limits.atOnce !== undefined) return [COUNTED];
  const problems: AccessProblem[] = [];
  const no = (field: string, says: string) => void problems.push({ field, says });
  if (kind === 'test' && wanted.kind !== 'test')
    no('kind', 'kind: a test key makes test keys alone; give "test", or use a live key.');
  const foreign = scopesOf(wanted).filter((scope) => !mayDo(maker, scope));
  if (foreign.length > 0)
    no(
      'scopes',
      `scopes: the key that asks has not ${foreign.join(', ')}, and gives on no more than its own; give some of ${scopesOf(maker).join(', ')}.`,
    );
  for (const [name, field] of Object.entries(LISTS) as [keyof typeof LISTS, string][]) {
    const own = limits[name];
    if (own !== undefined && !(wanted.limits[name]?.every((each) => own.includes(each)) ?? false))
      no(field, `${field}: the key that asks is limited to ${own.join(', ')}; give some of these.`);
  }
  if (
    makerExpiresAtMicros !== undefined &&
    (wanted.expiresAtMicros === undefined || wanted.expiresAtMicros > makerExpiresAtMicros)
  )
    no(
      'expires_at',
      `expires_at: the key that asks expires at ${rfc3339(makerExpiresAtMicros)}; give a time that is not later.`,
    );
  return problems;
}

const COUNTED: AccessProblem = {
  field: 'api_key',
  says: 'A key with per_minute or at_once makes no keys, for each of them would count anew; use a key without.',
};
