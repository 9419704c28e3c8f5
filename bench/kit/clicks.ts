import type { Gateway } from './gateway.ts';
import { getRequest, type HttpJob, type LoadResult } from './load.ts';
import type { Worker } from './worker.ts';

export type HttpLoad = Worker<HttpJob, LoadResult>;

export interface Numbers {
  readonly first: string;
  readonly second: string;
}

/** In the lab's Asterisk, where the second hangs up at once. */
export const NUMBERS_OF_LAB: Numbers = { first: '101', second: '199' };

export interface Clicks {
  readonly atOnce: number;
  readonly count: number;
  /** The account's PBX to click on. */
  readonly pbx?: string | undefined;
  readonly numbers?: Numbers;
}

/** Clicks on a gateway; each has to be a success. */
export function click(http: HttpLoad, { port }: Gateway, key: string, clicks: Clicks): Promise<LoadResult> {
  return http.run({
    port,
    requests: [getRequest(clickPath(key, clicks.pbx, clicks.numbers))],
    connections: clicks.atOnce,
    count: clicks.count,
    expect: '"status":"success"',
  });
}

/** As a person's browser or CRM sends it. */
export function clickPath(key: string, pbx = 'asterisk', { first, second } = NUMBERS_OF_LAB): string {
  return `/c2c/v2?api_key=${key}&pbx=${pbx}&dial_first=${first}&dial_second=${second}&timeout=20`;
}
