import { setTimeout as sleep } from 'node:timers/promises';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import type { PhoneReport } from '../lab/phone.ts';
import type { Client } from './gateway.ts';

/**
 * Numbers that answer at once and hang up soon, for the end of extensions.conf: as many as there are requests, so that
 * each request has a second number of its own, and a first phone, which is shown that number, can tell them apart.
 */
export const manySeconds = `
[internal](+)
exten => _7XXXXX,1,Answer()
 same => n,Wait(0.1)
 same => n,Hangup()
exten => _8XXXXX,1,Answer()
 same => n,Wait(90)
 same => n,Hangup()
`;

/** One click under load. */
export interface Attempt {
  readonly second: string;
  /** Undefined where the service was gone before it answered. */
  readonly answer: CallResponse | undefined;
}

/** Clicks, each with a second number of its own, until told to stop. */
export interface Load {
  /** Clicks with several at a time until they no longer get answers, or `until` is aborted. */
  run(client: Client, firsts: readonly string[], until?: AbortSignal): Promise<void>;
  /** All clicks so far. */
  readonly attempts: readonly Attempt[];
}

const atATime = 4;
/** Between two clicks of one lane: the phones and the PBX share the machine with the service. */
const pauseMs = 15;

export function makeLoad(): Load {
  const attempts: Attempt[] = [];
  let next = 700_000;
  const lane = async (client: Client, first: string, until: AbortSignal | undefined): Promise<void> => {
    for (;;) {
      if (until?.aborted === true) return;
      const second = String((next += 1));
      const answer = await client.click({ dial_first: first, dial_second: second }).catch(() => undefined);
      attempts.push({ second, answer });
      if (answer === undefined) return;
      await sleep(pauseMs);
    }
  };
  return {
    attempts,
    async run(client, firsts, until) {
      const lanes = firsts.flatMap((first) =>
        Array.from({ length: atATime }, () => lane(client, first, until)),
      );
      await Promise.all(lanes);
    },
  };
}

/** How many times the phones rang for each second number. */
export function ringsBySecond(reports: readonly PhoneReport[]): Map<string, number> {
  const rings = new Map<string, number>();
  for (const { shown } of reports.flatMap(({ invites }) => invites))
    rings.set(shown.number, (rings.get(shown.number) ?? 0) + 1);
  return rings;
}
