import type { Gateway } from './gateway.ts';
import type { HttpJob, LoadResult } from './load.ts';
import type { Worker } from './worker.ts';

export type HttpLoad = Worker<HttpJob, LoadResult>;

export interface Clicks {
  readonly atOnce: number;
  readonly count: number;
  /** The account's PBX to click on. */
  readonly pbx?: string;
}

/** Clicks on a gateway; each has to be a success. */
export function click(http: HttpLoad, { port }: Gateway, key: string, clicks: Clicks): Promise<LoadResult> {
  return http.run({
    port,
    paths: [clickPath(key, clicks.pbx)],
    connections: clicks.atOnce,
    count: clicks.count,
    expect: '"status":"success"',
  });
}

/** As a person's browser or CRM sends it. */
export function clickPath(key: string, pbx = 'asterisk'): string {
  return `/c2c/v2?api_key=${key}&pbx=${pbx}&dial_first=101&dial_second=199&timeout=20`;
}
