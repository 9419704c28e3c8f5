import type { OutsideType } from '../../../contract/v3/policy.ts';

/** A number as a numbering plan has it. */
export interface PlanNumber {
  /** `+`, and the digits with the country's code. */
  readonly e164: string;
  /** Two letters of ISO 3166; null for one that belongs to no country. */
  readonly country: string | null;
  readonly type: OutsideType;
}

/** The numbering plans of the world. */
export interface Numbering {
  /** Two letters of ISO 3166 each. */
  readonly countries: readonly string[];
  /**
   * @param digits as dialled: digits, or `+` and digits
   * @param home the country whose national numbers they may be; null: they are international
   * @returns undefined where they are a number of no country
   */
  read(digits: string, home: string | null): PlanNumber | undefined;
}
