import type { Policy } from '../../../contract/v3/policy.ts';
import type { Principal } from '../../access/keys.ts';
import { SYSTEM } from '../../audit/act.ts';
import type { CallPlan } from '../../calls/call.ts';
import type { Judged, Refusal } from '../../calls/plan-call.ts';
import type { DialledAs } from '../../calls/policy/read-dialled.ts';
import { dayOf } from '../../calls/theft/habits.ts';
import { outsideLegs } from '../../calls/theft/leg.ts';
import type { SeenLeg } from '../../calls/theft/suspicion.ts';
import { forget, judgeSeen, learn, look, vouchedCounts, type KeyWatch } from '../../calls/theft/watch.ts';
import { rfc3339, type Clock } from '../../kit/clock.ts';
import type { Logger } from '../../kit/logger.ts';
import type { CallsAtOnce } from './calls-at-once.ts';
import { countedOf, tooManyAtOnce, tooManyInAMinute, type Counted } from './limits.ts';
import { MinuteCounter } from './minute-counter.ts';
import type { BreakerStore, Freeze } from './ports.ts';
import { Watches } from './watches.ts';

interface BreakerDeps {
  readonly store: BreakerStore;
  readonly atOnce: CallsAtOnce;
  readonly clock: Clock;
  readonly log: Logger;
  /** Tells whoever owns the key that it froze. Nobody waits for it. */
  readonly tell: (freeze: Freeze) => Promise<void>;
}

/** A call that is about to be made. */
interface Wanted {
  readonly principal: Principal;
  readonly plan: CallPlan;
  readonly policy: Policy;
  readonly judged: Judged;
  readonly atMicros: number;
}

/** A call that may be made and is counted. One of the two is to be called. */
export interface Admitted {
  /** It is made: what it was is learnt. */
  made(): void;
  /** It is not made after all: it was made before, or could not be written down. */
  withdraw(): void;
}

export type Admission = { readonly refusal: Refusal } | { readonly admitted: Admitted };

/**
 * Stops calls that are too many, and keys whose calls look like those of a thief. Counted is what this process makes: where
 * several serve an account, each lets through as much. A freeze holds in all of them, and habits are of all together.
 */
export class Breaker {
  readonly #deps: BreakerDeps;
  readonly #minutes = new MinuteCounter();
  readonly #watches: Watches;
  readonly #unfrozenAt = new Map<string, number>();

  constructor(deps: BreakerDeps) {
    this.#deps = deps;
    this.#watches = new Watches(deps);
  }

  /** Why a key makes no calls at present; undefined where it does. @throws StoreError */
  async frozen({ keyId }: Principal): Promise<Refusal | undefined> {
    const freeze = keyId === undefined ? undefined : await this.#deps.store.freezeOf(keyId);
    if (freeze === undefined) return undefined;
    if (freeze.frozenAtMicros !== undefined) return frozenRefusal(freeze);
    this.#afterUnfreezing(freeze);
    return undefined;
  }

  /** Nothing is read for it but once an hour for each key that dials outside. @throws StoreError */
  async admit(wanted: Wanted): Promise<Admission> {
    const { principal, plan, policy, judged, atMicros } = wanted;
    const frozen = await this.frozen(principal);
    if (frozen !== undefined) return { refusal: frozen };
    const sides = [judged.first, judged.second].flatMap((each) => each?.readAs ?? []);
    const legs = outsideLegs(atMicros, plan.first, sides);
    const isWatched = policy.freeze_keys && legs.length > 0 && principal.keyId !== undefined;
    const watch =
      isWatched && principal.keyId !== undefined ? await this.#watches.of(principal.keyId) : undefined;

    // From here on nothing is waited for: two calls at the same time can not both be the last one.
    const counted = countedOf(principal, policy, numberOf(plan, judged.second?.readAs));
    const refusal = this.#overLimit(counted);
    if (refusal !== undefined) return { refusal };
    const seen = watch === undefined ? [] : legs.map((leg) => look(watch, policy, leg));
    const why = watch && seen.map((each) => judgeSeen(watch, each)).find((each) => each !== undefined);
    if (watch !== undefined && why !== undefined) return { refusal: await this.#freeze(wanted, watch, why) };
    return { admitted: this.#count(wanted, counted, watch, seen) };
  }

  close(): Promise<void> {
    return this.#watches.close();
  }

  #overLimit(counted: readonly Counted[]): Refusal | undefined {
    const nowMs = this.#deps.clock.monotonicMs();
    for (const { name, who, perMinute, atOnce } of counted) {
      if (perMinute !== undefined && this.#minutes.count(name, nowMs) + 1 > perMinute.most)
        return tooManyInAMinute(who, perMinute);
      if (atOnce !== undefined && this.#deps.atOnce.count(name) >= atOnce.most)
        return tooManyAtOnce(who, atOnce);
    }
    return undefined;
  }

  #count(
    { plan, principal: { keyId } }: Wanted,
    counted: readonly Counted[],
    watch: KeyWatch | undefined,
    seen: readonly SeenLeg[],
  ): Admitted {
    const { atOnce, clock } = this.#deps;
    const nowMs = clock.monotonicMs();
    const names = counted.map(({ name }) => name);
    atOnce.add(plan.callId, names);
    for (const name of names) this.#minutes.add(name, nowMs);
    return {
      made: () => {
        if (watch === undefined || keyId === undefined) return;
        for (const each of seen) this.#watches.add(keyId, dayOf(each.leg.atMicros), learn(watch, each));
      },
      withdraw: () => {
        atOnce.remove(plan.callId);
        for (const name of names) this.#minutes.undo(name, nowMs);
        if (watch !== undefined) for (const each of seen) forget(watch, each);
      },
    };
  }

  /** Where it can not be written down, the next call of the key tries again. */
  async #freeze({ principal, atMicros }: Wanted, watch: KeyWatch, why: string): Promise<Refusal> {
    const { tenantId, keyId = '' } = principal;
    const counts = vouchedCounts(watch);
    const freeze: Freeze = {
      keyId,
      tenantId,
      frozenAtMicros: atMicros,
      reason: why,
      counts,
      unfrozenAtMicros: undefined,
    };
    const act = { log: tenantId, atMicros, by: SYSTEM, subject: keyId, detail: { reason: why } };
    const { store, log, tell } = this.#deps;
    const isNew = await store.freeze(freeze, { ...act, action: 'key.freeze' });
    log.warn({ key: keyId, account: tenantId, reason: why }, 'A key froze itself.');
    if (isNew)
      tell(freeze).catch((error: unknown) =>
        log.warn({ err: error, key: keyId }, 'Could not tell the owner of a key that it froze.'),
      );
    return frozenRefusal(freeze);
  }

  /** What its owner has vouched for is in its habits by now, and its last day is forgiven. */
  #afterUnfreezing({ keyId, unfrozenAtMicros = 0 }: Freeze): void {
    if (this.#unfrozenAt.get(keyId) === unfrozenAtMicros) return;
    this.#unfrozenAt.set(keyId, unfrozenAtMicros);
    this.#watches.drop(keyId);
  }
}

/** The number that is dialled second, where it leaves the PBX: in the one form that all ways of writing it have. */
function numberOf({ second }: CallPlan, readAs: DialledAs | undefined): string | undefined {
  if (readAs === undefined || readAs.type === 'extension' || readAs.type === 'emergency') return undefined;
  return readAs.e164 ?? second;
}

function frozenRefusal({ reason, frozenAtMicros = 0 }: Freeze): Refusal {
  return {
    code: 'key_frozen',
    message: `This key is frozen since ${rfc3339(frozenAtMicros)}: ${reason}. If these calls were yours, its owner unfreezes it with click2call key unfreeze; if not, revoke it.`,
  };
}
