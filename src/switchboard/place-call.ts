import type { ErrorCode } from '../../contract/error-codes.ts';
import type { Principal } from '../access/keys.ts';
import { PBX_KINDS, type CallPlan, type Outcome, type PbxKind } from '../calls/call.ts';
import type { Fact } from '../calls/fact.ts';
import { NEW_LIFE } from '../calls/life.ts';
import { planCall, type CallRequest, type Planning, type Refusal } from '../calls/plan-call.ts';
import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, newToken } from '../kit/ids.ts';
import type { Logger } from '../kit/logger.ts';
import { PbxError, type PbxExchange } from '../pbx/contract.ts';
import type { SessionPool } from '../pbx/session-pool.ts';
import { errorOfPbx, errorOfRefusal, factsOfAnswer, type Answer, type AnswerError } from './answer.ts';
import type { Box } from './box.ts';
import type { Admitted, Breaker } from './breaker/breaker.ts';
import { asksTheSame, guardOf } from './click-guard.ts';
import { Crowd } from './crowd.ts';
import { earlierAnswer } from './earlier-answer.ts';
import { noteEntry } from './facts-of-news.ts';
import { frameEntry } from './frame-entry.ts';
import { limitRefusals } from './key-limits.ts';
import type { LostOpenings } from './lost-openings.ts';
import { pbxFacts } from './pbx-facts.ts';
import { pbxToUse } from './pbx-to-use.ts';
import { policyFacts } from './policy-facts.ts';
import type { CallRecord, Journal, JournalEntry, Opening } from './ports.ts';
import type { TrackCalls } from './track-calls.ts';
import { takeIn, untold } from './tracked-call.ts';

/** A request as some face of the service took it in. */
export interface Asked {
  readonly request: CallRequest;
  /** As it came, secrets masked: goes into the journal. */
  readonly seen: SeenRequest;
  /** What was wrong with it before its meaning was looked at. */
  readonly refusals: readonly Refusal[];
  /** The same click within so many microseconds gets the first one's answer; 0: every one counts. */
  readonly repeatWindowMicros: number;
  /** The same one within a day gets the first one's answer, in place of `repeatWindowMicros`. */
  readonly idempotencyKey?: string;
  /** The customer's own word for the call. */
  readonly reference?: string;
  readonly askedAtMicros: number;
}

/** The documented `c2c_status.request`. */
export interface SeenRequest {
  readonly url: string;
  readonly method: string;
  readonly data: unknown;
  /** The id of who asked, where that was somebody logged in. */
  readonly user?: string;
}

export interface Placed {
  readonly answer: Answer;
  /** The answer is that of an earlier request, and nobody was rung for this one. */
  readonly isRepeat: boolean;
  /** As it is now; undefined where the store can not say. */
  readonly call: CallRecord | undefined;
}

type Answered = Omit<Placed, 'call'>;

interface PlaceCallDeps {
  readonly journal: Journal;
  readonly directory: Directory;
  readonly sessions: SessionPool;
  readonly calls: TrackCalls;
  readonly box: Box;
  readonly breaker: Breaker;
  readonly lost: LostOpenings;
  readonly clock: Clock;
  readonly log: Logger;
}

const ERROR_TOKEN_BYTES = 18;
const UNTOLD = 'This kind of PBX can not tell what becomes of a call.';
const UNREAD = new Set<ErrorCode>(['body_invalid', 'body_too_large', 'media_type_unsupported']);

/** Takes requests for calls: plans, writes the intent down, asks the PBX, writes down what it said, answers. */
export class PlaceCall {
  readonly #deps: PlaceCallDeps;
  /** Requests whose answer is on its way: a repeat waits for the same one. */
  readonly #underWay = new Map<string, Promise<Answer>>();
  readonly #crowd: Crowd;

  constructor(deps: PlaceCallDeps) {
    this.#deps = deps;
    this.#crowd = new Crowd(deps);
  }

  /**
   * Never rejects for anything that a caller or a PBX did.
   * @throws Crowded, and StoreError where the journal can't be written: no PBX was asked then
   */
  async placeCall(principal: Principal, asked: Asked): Promise<Placed> {
    const leave = this.#crowd.enter();
    try {
      const answered = await this.#answer(principal, asked, leave);
      return { ...answered, call: await this.#callNow(answered.answer.requestId) };
    } finally {
      leave();
    }
  }

  /** @param leave called when there is nothing to do but to wait for a PBX */
  async #answer(principal: Principal, asked: Asked, leave: () => void): Promise<Answered> {
    const pbxs = await this.#deps.directory.pbxsOf(principal.tenantId);
    const callId = newId();
    const { directory } = this.#deps;
    const facts = await policyFacts(directory, principal.tenantId, asked.request, asked.askedAtMicros);
    const planning = planCall(
      callId,
      asked.request,
      pbxs.map((pbx) => pbxFacts(directory, pbx)),
      facts,
    );
    // Of a body that could not be read no parameter is missing: nobody knows what it held.
    const meant = asked.refusals.some((refusal) => UNREAD.has(refusal.code))
      ? []
      : planning.ok
        ? limitRefusals(principal, planning.plan, this.#isInTheBox(pbxs, planning.pbx.id))
        : planning.refusals;
    const refusals = [...asked.refusals, ...meant];
    const call = this.#callRecord(callId, principal, asked, planning, refusals.length === 0);
    if (principal.keyId !== undefined) this.#deps.journal.keyUsed(principal.keyId, asked.askedAtMicros);

    if (refusals.length > 0 || !planning.ok) {
      return { isRepeat: false, answer: await this.#refuse(call, asked, planning, refusals) };
    }
    const pbx = pbxs.find((each) => each.id === planning.pbx.id);
    if (pbx === undefined) throw new Error('The planned PBX is not among the given ones.');
    const clickGuard = guardOf(principal, planning.plan, asked);
    const guard = clickGuard === undefined ? {} : { guard: clickGuard };
    const entries = [requestEntry(asked)];
    const { breaker, calls } = this.#deps;
    await calls.ready();
    const { plan, judged } = planning;
    const { policy } = facts;
    const wanted = { principal, plan, policy, judged, atMicros: asked.askedAtMicros };
    const admission = await breaker.admit(wanted);
    if ('refusal' in admission) {
      const refused: CallRecord = { ...call, outcome: 'refused' };
      return { isRepeat: false, answer: await this.#refuse(refused, asked, planning, [admission.refusal]) };
    }
    const { admitted } = admission;
    const repeatOf = await this.#open({ call, entries, tender: calls.tender, ...guard }, admitted);
    leave();
    if (repeatOf !== undefined) return this.#repeat(repeatOf, call, asked, planning);
    calls.begin({ call, version: entries.length });

    const answering = this.#originate(call, planning.plan, planning.pbx.kind, pbx);
    this.#underWay.set(callId, answering);
    try {
      return { isRepeat: false, answer: await answering };
    } finally {
      this.#underWay.delete(callId);
    }
  }

  /** @returns the call that it repeats, and then nothing was opened. @throws StoreError */
  async #open(opening: Opening, admitted: Admitted): Promise<string | undefined> {
    let isMade = false;
    try {
      const { repeatOf } = await this.#deps.journal.open(opening);
      isMade = repeatOf === undefined;
      return repeatOf;
    } catch (error) {
      this.#deps.lost.note(opening.call.id);
      throw error;
    } finally {
      if (isMade) admitted.made();
      else admitted.withdraw();
    }
  }

  #isInTheBox(pbxs: readonly PbxRecord[], pbxId: string): boolean {
    return pbxs.some((pbx) => pbx.id === pbxId && this.#deps.box.has(pbx));
  }

  /** The answer stands also where the store can not say what became of its call. */
  async #callNow(callId: string): Promise<CallRecord | undefined> {
    const { calls, journal } = this.#deps;
    return calls.recordOf(callId) ?? journal.callById(callId).catch(() => undefined);
  }

  /** Resolves when every request under way has its answer. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  async #refuse(
    call: CallRecord,
    asked: Asked,
    planning: Planning,
    refusals: readonly Refusal[],
  ): Promise<Answer> {
    const kind = planning.pbx?.kind ?? kindAskedFor(asked.request.pbx);
    const answer = answerOf(call, 'refused', kind, refusals.map(errorOfRefusal));
    const answered = this.#answerEntry(answer);
    const step = takeIn(call, [{ atMicros: answered.atMicros, facts: factsOfAnswer(answer), entries: [] }]);
    const life = untold(step.life);
    await this.#deps.journal.refuse({ call: { ...call, life }, entries: [requestEntry(asked), answered] });
    return answer;
  }

  async #originate(call: CallRecord, plan: CallPlan, kind: PbxKind, pbx: PbxRecord): Promise<Answer> {
    const { outcome, exchange, errors } = await this.#ask(pbx, plan);
    const answer = answerOf(call, outcome, kind, errors);
    const answered = this.#answerEntry(answer);
    const { atMicros } = answered;
    const untold = this.#whatNobodyWillTell(pbx, answer);
    const notes = untold.length === 0 ? [] : [noteEntry(atMicros, { says: UNTOLD, facts: untold })];
    const entries = [...exchange.map(frameEntry), answered, ...notes];
    const facts = [...factsOfAnswer(answer), ...untold];
    try {
      await this.#deps.calls.take(call.id, { atMicros, facts, entries, outcome });
    } catch (error) {
      // The PBX has been asked: its answer is the truth, and the intent on disk lets the settler write it down later.
      this.#deps.log.error({ err: error, call: call.id }, "A call's outcome could not be written.");
    }
    return answer;
  }

  async #ask(
    pbx: PbxRecord,
    plan: CallPlan,
  ): Promise<{ outcome: Outcome; exchange: PbxExchange; errors: AnswerError[] }> {
    try {
      const exchange = await this.#deps.sessions.originate(pbxToUse(this.#deps.directory, pbx), plan);
      return { outcome: 'accepted', exchange, errors: [] };
    } catch (error) {
      if (error instanceof PbxError) {
        const outcome = error.phase === 'in_doubt' ? 'in_doubt' : 'failed';
        return { outcome, exchange: error.exchange, errors: [errorOfPbx(error)] };
      }
      this.#deps.log.error({ err: error, call: plan.callId }, 'A driver failed in a way that it should not.');
      return { outcome: 'in_doubt', exchange: [], errors: [FAULT_OF_OURS] };
    }
  }

  /** Of a call that can neither be heard of nor asked for, what was answered is all that there will be. */
  #whatNobodyWillTell(pbx: PbxRecord, { outcome }: Answer): Fact[] {
    const { reportsEnd, looksUp } = this.#deps.directory.capabilitiesOf(pbx);
    if (reportsEnd || looksUp || outcome === 'failed') return [];
    return [{ type: 'untold', why: 'cannot_tell' }];
  }

  /** The first request's answer. An idempotency key that stands for another request is refused. */
  async #repeat(firstId: string, call: CallRecord, asked: Asked, planning: Planning): Promise<Answered> {
    const { journal, clock } = this.#deps;
    if (asked.idempotencyKey !== undefined && !asksTheSame(await journal.entriesOf(firstId), asked.seen)) {
      const answer = await this.#refuse({ ...call, outcome: 'refused' }, asked, planning, [KEY_REUSED]);
      return { isRepeat: false, answer };
    }
    const kind = planning.pbx?.kind ?? kindAskedFor(asked.request.pbx);
    const answer =
      (await this.#underWay.get(firstId)) ?? (await earlierAnswer(journal, clock, firstId, kind));
    await journal.append(firstId, [{ kind: 'repeat', atMicros: clock.nowMicros(), data: asked.seen }]);
    return { isRepeat: true, answer };
  }

  #callRecord(
    id: string,
    principal: Principal,
    asked: Asked,
    planning: Planning,
    willAsk: boolean,
  ): CallRecord {
    const plan = planning.ok ? planning.plan : undefined;
    return {
      id,
      tenantId: principal.tenantId,
      keyId: principal.keyId,
      pbxId: planning.pbx?.id,
      pbxName: planning.pbx?.name,
      outcome: willAsk ? 'originating' : 'refused',
      life: NEW_LIFE,
      askedAtMicros: asked.askedAtMicros,
      first: plan?.first,
      second: plan?.second,
      dialAs: plan?.dialAs,
      reference: asked.reference,
      errorToken: newToken(ERROR_TOKEN_BYTES),
    };
  }

  #answerEntry(answer: Answer): JournalEntry {
    return { kind: 'answer', atMicros: this.#deps.clock.nowMicros(), data: answer };
  }
}

const KEY_REUSED: Refusal = {
  code: 'idempotency_key_reused',
  field: 'Idempotency-Key',
  message:
    'This Idempotency-Key came with another body within the last 24 hours; give each call a key of its own.',
};

const FAULT_OF_OURS: AnswerError = {
  code: 'internal',
  message:
    'A fault of ours. Whether the order reached the PBX is not known; see the status before you click again.',
  said: 'A fault of ours',
  remedy: 'Whether the order reached the PBX is not known; see the status before you click again.',
};

function answerOf(call: CallRecord, outcome: Outcome, kind: PbxKind, errors: readonly AnswerError[]): Answer {
  return { requestId: call.id, outcome, kind, errors, errorToken: call.errorToken };
}

function requestEntry(asked: Asked): JournalEntry {
  return { kind: 'request', atMicros: asked.askedAtMicros, data: asked.seen };
}

function kindAskedFor(pbx: string | undefined): PbxKind {
  return PBX_KINDS.find((kind) => kind === pbx?.trim().toLowerCase()) ?? 'asterisk';
}
