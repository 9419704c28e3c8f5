import { matchesAny, readPattern } from '../number-pattern.ts';

/** `2xx as 201`: whoever is a `2xx` may dial as 201. */
interface DialAsRule {
  readonly first: string;
  readonly as: string;
}

const RULE = /^(\S{1,33}) as (\S{1,33})$/;

/** Undefined where the text is no such rule. */
export function readDialAs(text: string): DialAsRule | undefined {
  const [, first = '', as = ''] = RULE.exec(text) ?? [];
  const [whoever, whom] = [readPattern(first), readPattern(as)];
  return whoever.ok && whom.ok ? { first: whoever.pattern, as: whom.pattern } : undefined;
}

/** Whether a first number may dial as another one. With its own rights everybody may. */
export function mayDialAs(rules: readonly string[], first: string, as: string): boolean {
  if (rules.length === 0 || first === as) return true;
  return rules.some((text) => {
    const rule = readDialAs(text);
    return rule !== undefined && matchesAny([rule.first], first) && matchesAny([rule.as], as);
  });
}
