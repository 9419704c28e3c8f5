import type { Principal } from '../access/keys.ts';
import type { CallPlan, PbxKind } from '../calls/call.ts';
import { readNumber, type NumberReading } from '../calls/number.ts';
import { planCall, type CallRequest, type Judged, type PbxReason, type Refusal } from '../calls/plan-call.ts';
import type { Judgement } from '../calls/policy/judge.ts';
import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import type { Clock } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import { PbxError, type Explanation } from '../pbx/contract.ts';
import type { SessionPool } from '../pbx/session-pool.ts';
import { errorOfPbx, errorOfRefusal, type Answer, type AnswerError } from './answer.ts';
import type { Box } from './box.ts';
import type { Breaker } from './breaker/breaker.ts';
import { limitRefusals } from './key-limits.ts';
import { pbxFacts } from './pbx-facts.ts';
import { pbxToUse } from './pbx-to-use.ts';
import { policyFacts } from './policy-facts.ts';

/** What would become of a request for a call. */
export interface Explained {
  /**
   * - `ready`: nothing speaks against it
   * - `refused`: we would refuse it, and ask no PBX
   * - `failed`: the PBX would not take the order, or could not be asked
   * - `untold`: we would ask the PBX, and this kind of PBX can't be asked what it would say
   */
  readonly verdict: 'ready' | 'refused' | 'failed' | 'untold';
  readonly errors: readonly AnswerError[];
  /** How the numbers that were given were read. */
  readonly readings: Readonly<Record<NumberField, Reading | undefined>>;
  readonly timeoutSeconds: number | undefined;
  /** The PBX that would be asked, and why that one. */
  readonly pbx:
    | (Pick<PbxRecord, 'id' | 'name' | 'driver'> & { readonly kind: PbxKind; readonly because: PbxReason })
    | undefined;
  /** What the PBX said of it, as far as it could be asked. */
  readonly told: Explanation | undefined;
}

export type NumberField = 'dial_first' | 'dial_second' | 'dial_as';
export type Reading = NumberReading & {
  readonly typed: string;
  /** What the policy says of it; undefined where it could not be read, and of `dial_as`, which is not dialled. */
  readonly judged?: Judgement;
};

interface ExplainCallDeps {
  readonly directory: Directory;
  readonly sessions: SessionPool;
  readonly clock: Clock;
  readonly box: Box;
  readonly breaker: Breaker;
}

/** Says what would become of a request, and rings nobody. */
export class ExplainCall {
  readonly #directory: Directory;
  readonly #sessions: SessionPool;
  readonly #clock: Clock;
  readonly #box: Box;
  readonly #breaker: Breaker;

  constructor({ directory, sessions, box, breaker, clock }: ExplainCallDeps) {
    this.#directory = directory;
    this.#sessions = sessions;
    this.#box = box;
    this.#breaker = breaker;
    this.#clock = clock;
  }

  /**
   * Never rejects for anything that a caller or a PBX did.
   * @param refusals what was wrong with the request before its meaning was looked at
   */
  async explain(
    principal: Principal,
    request: CallRequest,
    refusals: readonly Refusal[] = [],
  ): Promise<Explained> {
    const { planning, pbx, meant } = await this.#plan(principal, request);
    const base = {
      readings: readingsOf(request, planning.pbx?.namesAllowed ?? true, planning.judged),
      timeoutSeconds: planning.ok ? planning.plan.timeoutSeconds : undefined,
      pbx: pbx && planning.pbx && { ...pbx, kind: planning.pbx.kind, because: planning.because },
    };
    const frozen = await this.#breaker.frozen(principal);
    const all = [...refusals, ...(frozen === undefined ? [] : [frozen]), ...meant];
    if (all.length > 0 || !planning.ok || pbx === undefined)
      return { ...base, verdict: 'refused', errors: all.map(errorOfRefusal), told: undefined };
    return { ...base, ...(await this.#askPbx(pbx, planning.plan)) };
  }

  /** What is wrong with a request that is to be made later: all but what the policy says of it now, hours among it. */
  async refusalsOf(principal: Principal, request: CallRequest): Promise<Refusal[]> {
    const { meant } = await this.#plan(principal, request);
    return meant.filter(({ code }) => code !== 'policy_refused');
  }

  /** What would be asked of which PBX, and what we ourselves say against it. */
  async #plan(principal: Principal, request: CallRequest) {
    const pbxs = await this.#directory.pbxsOf(principal.tenantId);
    const facts = pbxs.map((pbx) => pbxFacts(this.#directory, pbx));
    const nowMicros = this.#clock.nowMicros();
    const rules = await policyFacts(this.#directory, principal.tenantId, request, nowMicros);
    const planning = planCall(newId(), request, facts, rules);
    const pbx = pbxs.find(({ id }) => id === planning.pbx?.id);
    const meant = planning.ok
      ? limitRefusals(principal, planning.plan, pbx !== undefined && this.#box.has(pbx))
      : planning.refusals;
    return { planning, pbx, meant };
  }

  async #askPbx(pbx: PbxRecord, plan: CallPlan): Promise<Pick<Explained, 'verdict' | 'errors' | 'told'>> {
    try {
      const told = await this.#sessions.explain(pbxToUse(this.#directory, pbx), plan);
      if (told === undefined || !knowsAnything(told)) return { verdict: 'untold', errors: [UNTOLD], told };
      return told.secondExists === false
        ? { verdict: 'failed', errors: [noSecond(plan)], told }
        : { verdict: 'ready', errors: [], told };
    } catch (error) {
      if (!(error instanceof PbxError)) throw error;
      return { verdict: 'failed', errors: [errorOfPbx(error)], told: undefined };
    }
  }
}

/** The same as the answer to a request: as good as it would be, as far as is known. */
export function unwrittenAnswer({ verdict, errors, pbx }: Explained): Answer {
  const outcome = { ready: 'accepted', untold: 'accepted', failed: 'failed', refused: 'refused' } as const;
  return {
    requestId: newId(),
    outcome: outcome[verdict],
    kind: pbx?.kind ?? 'asterisk',
    errors: verdict === 'untold' ? [] : errors,
    errorToken: undefined,
  };
}

/** A PBX that can't be asked what it would make of an order has told nothing but the order. */
function knowsAnything({ rights, firstPhone, secondExists }: Explanation): boolean {
  return rights !== undefined || firstPhone !== undefined || secondExists !== undefined;
}

function readingsOf(
  request: CallRequest,
  namesAllowed: boolean,
  { first, second }: Judged,
): Explained['readings'] {
  const read = (typed: string | undefined, judged?: Judgement) =>
    typed === undefined
      ? undefined
      : { typed, ...readNumber(typed, namesAllowed), ...(judged === undefined ? {} : { judged }) };
  return {
    dial_first: read(request.dialFirst, first),
    dial_second: read(request.dialSecond, second),
    dial_as: read(request.dialAs),
  };
}

const UNTOLD: AnswerError = {
  code: 'pbx_cannot',
  message: 'This kind of PBX can not be asked what it would make of an order.',
  said: 'This kind of PBX can not be asked what it would make of an order',
};

function noSecond({ second }: CallPlan): AnswerError {
  const said = `The PBX has no ${second} for these rights`;
  const remedy = 'Dial another number, or dial as an extension that may call it.';
  return { code: 'extension_unknown', field: 'dial_second', message: `${said}. ${remedy}`, said, remedy };
}
