import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Fact } from './fact.ts';
import { givenUp, notHeard, talks, unexplained } from './test-diagnoses-ends.ts';
import { legs } from './test-diagnoses-legs.ts';
import { orders } from './test-diagnoses-orders.ts';
import { liveThrough, type DiagnosisCase } from './test-facts.ts';

export function diagnosisAfter(facts: readonly Fact[]): Diagnosis | undefined {
  return diagnose({ life: liveThrough(facts), first: '101', second: '102', pbxName: 'main' });
}

/** At least one for every situation; the first of each is its example. */
export const DIAGNOSIS_CASES: readonly DiagnosisCase[] = [
  ...orders,
  ...givenUp,
  ...legs,
  ...talks,
  ...notHeard,
  ...unexplained,
];
