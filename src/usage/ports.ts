import type { Disposition } from '../../contract/call-words.ts';

/** Calls that are alike for the statistics: of one account, one period, one end, and one class of waiting. */
export interface UsageCount {
  /** The number of the period's first hour since 1970. */
  readonly hour: number;
  readonly disposition: Disposition;
  /** How long until both talked: see `waitClassOf`; `NO_WAIT` where they did not. */
  readonly waitClass: number;
  readonly calls: number;
  readonly talkMicros: number;
}

export interface UsageQuery {
  readonly tenantId: string;
  /** Numbers of hours since 1970, the second one not included. */
  readonly fromHour: number;
  readonly toHour: number;
  /** How many hours make a period; days are those of UTC. */
  readonly hours: 1 | 24;
}

/** What the statistics need of a store. Calls are counted in the transaction that ends them: once each, and none is lost. */
export interface UsageStore {
  /** Of the calls that were asked for in that time and are over, in the order of time. */
  usageOf(query: UsageQuery): Promise<UsageCount[]>;
}
