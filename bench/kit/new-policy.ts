import type { PolicyFacts } from '../../src/calls/policy/judge.ts';
import { numbering } from '../../src/calls/policy/numbering.ts';
import { DEFAULT_POLICY } from '../../contract/default-policy.ts';

/** What a new account may call, for planning an order that is measured. */
export const NEW_POLICY: PolicyFacts = { policy: DEFAULT_POLICY, numbering, nowMicros: 0 };
