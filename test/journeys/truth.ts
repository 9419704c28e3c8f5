import { expect } from 'vitest';
import type { Disposition, EndedBy, Side } from '../../contract/call-words.ts';
import type { Cause } from '../../src/calls/cause.ts';
import { legOf, type CallLife, type Leg } from '../../src/calls/life.ts';
import type { LabPorts } from '../lab/asterisk.ts';
import type { Endpoint } from '../lab/pbx-people.ts';
import type { Phone, PhoneOptions, PhoneReport } from '../lab/phone.ts';
import { onlyCall, phoneOf } from './phones.ts';
import type { Watch } from './watch.ts';

/** How a phone is; `absent`: no phone is registered. */
export type PhonePlan = Partial<Omit<PhoneOptions, 'port'>> | 'absent';

/** A call whose outcome is known beforehand, by how its phones are and when we end it. */
export interface TruthCase {
  readonly what: string;
  readonly first: PhonePlan;
  readonly second: PhonePlan;
  /** We end it, as soon as this is so. */
  readonly weEndIt?: (life: CallLife) => boolean;
  readonly disposition: Disposition;
  readonly endedBy: EndedBy;
  /** The side whose cause it has, and what of that cause is known. */
  readonly cause?: readonly [side: Side, cause: Partial<Cause>];
}

/** How far our times may be from the phone's own. */
const TOLERANCE_MS = 300;
const RING_SECONDS = 3;

/** Endpoints in pairs, so that calls can be made side by side: each call takes a pair of its own. */
export class PhonePairs {
  readonly endpoints: readonly Endpoint[];
  readonly #free: number[];

  /** @param pairs as many calls can be made at a time; beside each pair there is an endpoint without a phone */
  constructor(pairs: number) {
    this.#free = Array.from({ length: pairs }, (_, index) => index);
    this.endpoints = Array.from({ length: pairs }, (_, index) => [
      newEndpoint(110 + 2 * index),
      newEndpoint(111 + 2 * index),
      { ...newEndpoint(160 + index), registered: false as const },
    ]).flat();
  }

  /**
   * The numbers for a call whose phones are so, of the pair that has been free for longest; free again when disposed of.
   *
   * @throws Error when none is free
   */
  take({ first, second }: Pick<TruthCase, 'first' | 'second'>): Disposable & Record<Side, string> {
    const index = this.#free.shift();
    if (index === undefined) throw new Error('More calls at a time than there are pairs of phones.');
    const absent = String(160 + index);
    return {
      first: first === 'absent' ? absent : String(110 + 2 * index),
      second: second === 'absent' ? absent : String(111 + 2 * index),
      [Symbol.dispose]: () => void this.#free.push(index),
    };
  }
}

function newEndpoint(number: number): Endpoint {
  return { name: String(number), callerId: `"No. ${number}" <${number}>`, context: 'internal' };
}

/** On a machine that has too much to do, phones and we see a thing late: such a call is made again, so often at most. */
const TRIES = 3;

/**
 * Makes the call of a case, expects that it comes to what the case says, and holds what was told of it against what its
 * phones saw and when.
 *
 * @returns the differences
 */
export async function againstTruth(
  watch: Watch,
  lab: LabPorts,
  pairs: PhonePairs,
  truth: TruthCase,
): Promise<readonly string[]> {
  let differences: readonly string[] = [];
  for (let tries = 0; tries < TRIES; tries++) {
    differences = await tryTruth(watch, lab, pairs, truth);
    if (differences.length === 0) break;
  }
  return differences;
}

async function tryTruth(
  watch: Watch,
  lab: LabPorts,
  pairs: PhonePairs,
  truth: TruthCase,
): Promise<readonly string[]> {
  using pair = pairs.take(truth);
  const { first, second } = pair;
  await using phones = await startPhones(lab, [first, truth.first], [second, truth.second]);
  const call = await watch.place(first, second, { timeoutSeconds: RING_SECONDS });
  if (truth.weEndIt !== undefined) {
    await call.until(truth.weEndIt);
    await call.hangUp();
  }
  await call.untilOver();
  const { disposition, endedBy, cause } = truth;
  expect(call.life).toMatchObject({ state: 'ended', disposition, endedBy });
  if (cause !== undefined) expect(legOf(call.life, cause[0]).cause).toMatchObject(cause[1]);
  expect(call.replayed().map(({ fact }) => fact)).toEqual(call.told.map(({ fact }) => fact));
  const reports = await phones.reports();
  return call.life.legs.flatMap((leg, index) => differencesOf(leg, reports[index]));
}

/** Where a time that we tell of a leg is not when its phone saw it, or one of the two has none. */
function differencesOf(leg: Leg, report: PhoneReport | undefined): string[] {
  const seen = report === undefined || report.rang === 0 ? undefined : onlyCall(report);
  const told = { ...leg, endedAt: seen === undefined ? undefined : leg.endedAt };
  return (['ringingAt', 'answeredAt', 'endedAt'] as const).flatMap((thing) => {
    const [ours, theirs] = [told[thing], seen?.[thing] ?? undefined];
    if (ours === undefined && theirs === undefined) return [];
    const differenceMs = (ours ?? Infinity) / 1000 - (theirs ?? 0);
    return Math.abs(differenceMs) < TOLERANCE_MS ? [] : [`${leg.side} ${thing}: ${differenceMs} ms`];
  });
}

async function startPhones(
  lab: LabPorts,
  ...plans: readonly (readonly [name: string, plan: PhonePlan])[]
): Promise<AsyncDisposable & { reports(): Promise<(PhoneReport | undefined)[]> }> {
  const phones: (Phone | undefined)[] = [];
  for (const [name, plan] of plans)
    phones.push(plan === 'absent' ? undefined : await phoneOf(lab, name, plan));
  return {
    reports: () => Promise.all(phones.map(reportOf)),
    async [Symbol.asyncDispose]() {
      for (const phone of phones) await phone?.stop();
    },
  };
}

/** A phone that was not called never ends by itself. */
async function reportOf(phone: Phone | undefined): Promise<PhoneReport | undefined> {
  const { rang = 0 } = (await phone?.report()) ?? {};
  return rang === 0 ? phone?.stop() : phone?.result();
}
