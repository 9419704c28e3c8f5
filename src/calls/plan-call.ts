import type { ErrorCode } from '../../contract/error-codes.ts';
import { suggest } from '../kit/suggest.ts';
import { channelIdOf, PBX_KINDS, type CallPlan, type PbxKind } from './call.ts';
import { readNumber } from './number.ts';
import { mayDialAs } from './policy/dial-as.ts';
import { judgeNumber, type Judgement, type PolicyFacts } from './policy/judge.ts';

/** A call as asked for: the values as they were typed. Undefined: not given. */
export interface CallRequest {
  readonly dialFirst?: string | undefined;
  readonly dialSecond?: string | undefined;
  readonly dialAs?: string | undefined;
  readonly timeout?: string | undefined;
  /** The name or the id of one of the account's PBXs, or a kind. */
  readonly pbx?: string | undefined;
  readonly callerIdName?: string | undefined;
}

/** What planning must know of one of the account's PBXs. */
export interface PbxFacts {
  readonly id: string;
  readonly name: string;
  readonly kind: PbxKind;
  /** Its settings allow extensions by name. */
  readonly namesAllowed: boolean;
}

/** Why no PBX is asked: one for each thing that is wrong. `message` names the field, the fault and what would be right. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** The parameter that is wrong, where it is one. */
  readonly field?: string;
}

/** Why this PBX and no other: it was asked for by what is its own, it is the first of the kind, or none was asked for. */
export type PbxReason = 'id' | 'name' | 'kind' | 'default';

export interface ChosenPbx {
  readonly pbx: PbxFacts;
  readonly because: PbxReason;
}

/** What the account's policy says of the numbers that could be read. */
export interface Judged {
  readonly first?: Judgement;
  readonly second?: Judgement;
}

export type Planning = { readonly judged: Judged } & (
  | ({ readonly ok: true; readonly plan: CallPlan } & ChosenPbx)
  | ({ readonly ok: false; readonly refusals: readonly Refusal[] } & (
      | ChosenPbx
      | { readonly pbx: undefined; readonly because: undefined }
    ))
);

export const TIMEOUT_SECONDS_DEFAULT = 30;
export const TIMEOUT_SECONDS_MAX = 600;

/** Decides what to ask of which PBX, or says everything that is wrong with the request. Pure. */
export function planCall(
  callId: string,
  request: CallRequest,
  pbxs: readonly PbxFacts[],
  facts: PolicyFacts,
): Planning {
  const refusals: Refusal[] = [];
  const refuse = (refusal: Refusal): undefined => void refusals.push(refusal);

  const choice = choosePbx(request.pbx, pbxs);
  if (!choice.ok) refuse(choice.refusal);
  // Where the PBX is wrong too, a name is no second error: we do not know whether it would have been allowed.
  const chosen = choice.ok ? { pbx: choice.pbx, because: choice.because } : undefined;
  const namesAllowed = chosen?.pbx.namesAllowed ?? true;

  const number = (field: string, typed: string | undefined): string | undefined => {
    const reading = readNumber(typed ?? '', namesAllowed);
    return reading.ok
      ? reading.dial
      : refuse({ code: 'parameter_invalid', field, message: `${field} ${reading.problem}.` });
  };
  const required = (field: string, typed: string | undefined): string | undefined =>
    typed === undefined
      ? refuse({
          code: 'parameter_missing',
          field,
          message: `${field} is missing; give a number such as 101 or +15551234567.`,
        })
      : number(field, typed);

  const first = required('dial_first', request.dialFirst);
  const second = required('dial_second', request.dialSecond);
  const dialAs = request.dialAs === undefined ? undefined : number('dial_as', request.dialAs);
  const judged = judge(facts, first, second);
  for (const refusal of policyRefusals(facts, judged, first, dialAs)) refuse(refusal);
  const timeoutSeconds = readTimeout(request.timeout);
  if (timeoutSeconds === undefined) refuse(timeoutRefusal(request.timeout ?? ''));

  const callerIdName = request.callerIdName?.trim();
  if (callerIdName !== undefined && !CALLER_ID_NAME.test(callerIdName)) refuse(NAME_REFUSAL);

  if (refusals.length > 0 || chosen === undefined || first === undefined || second === undefined) {
    return { ok: false, judged, refusals, ...(chosen ?? NO_PBX) };
  }
  return {
    ok: true,
    judged,
    pbx: chosen.pbx,
    because: chosen.because,
    plan: {
      callId,
      channelId: channelIdOf(callId),
      first,
      second,
      dialAs,
      timeoutSeconds: timeoutSeconds ?? TIMEOUT_SECONDS_DEFAULT,
      ...(callerIdName === undefined ? {} : { callerIdName }),
    },
  };
}

function judge(facts: PolicyFacts, first: string | undefined, second: string | undefined): Judged {
  return {
    ...(first === undefined ? {} : { first: judgeNumber(facts, first) }),
    ...(second === undefined ? {} : { second: judgeNumber(facts, second) }),
  };
}

/** Names the rule, so that whoever may change it knows which one. */
function policyRefusals(
  { policy }: PolicyFacts,
  judged: Judged,
  first: string | undefined,
  dialAs: string | undefined,
): Refusal[] {
  const numbers = [['dial_first', judged.first] as const, ['dial_second', judged.second] as const];
  const refused = numbers.flatMap(([field, judgement]): Refusal[] =>
    judgement === undefined || judgement.isAllowed
      ? []
      : [policyRefusal(field, `${judgement.because} (rule ${judgement.rule})`)],
  );
  if (first === undefined || dialAs === undefined || mayDialAs(policy.dial_as, first, dialAs)) return refused;
  return [...refused, policyRefusal('dial_as', `${first} may not dial as ${dialAs} (rule dial_as)`)];
}

function policyRefusal(field: string, because: string): Refusal {
  const right = "give another one, or let the account's owner change its dial policy";
  return { code: 'policy_refused', field, message: `${field} is refused: ${because}; ${right}.` };
}

const NO_PBX = { pbx: undefined, because: undefined } as const;
const CALLER_ID_NAME = /^[^\p{Cc}]{1,80}$/u;
const NAME_REFUSAL: Refusal = {
  code: 'parameter_invalid',
  field: 'caller_id_name',
  message: 'caller_id_name is empty, over 80 characters or holds one of control; give a name.',
};

/** Whole seconds, in digits alone: `1e3` and ` 30` are no numbers of seconds that a person meant. */
function readTimeout(typed: string | undefined): number | undefined {
  if (typed === undefined) return TIMEOUT_SECONDS_DEFAULT;
  if (!/^[0-9]{1,9}$/.test(typed)) return undefined;
  const seconds = Number(typed);
  return seconds >= 1 && seconds <= TIMEOUT_SECONDS_MAX ? seconds : undefined;
}

function timeoutRefusal(typed: string): Refusal {
  const shown = JSON.stringify(typed.slice(0, 32));
  return {
    code: 'parameter_invalid',
    field: 'timeout',
    message: `timeout is ${shown}; give whole seconds from 1 to ${TIMEOUT_SECONDS_MAX}.`,
  };
}

type PbxChoice = ({ readonly ok: true } & ChosenPbx) | { readonly ok: false; readonly refusal: Refusal };

/** A PBX's own name goes before the kinds; of a kind, the one that the account added first is meant. */
function choosePbx(typed: string | undefined, pbxs: readonly PbxFacts[]): PbxChoice {
  const wanted = (typed ?? 'asterisk').trim().toLowerCase();
  const byName = pbxs.find(({ name, id }) => name.toLowerCase() === wanted || id === wanted);
  const chosen = byName ?? pbxs.find((pbx) => pbx.kind === wanted);
  if (chosen !== undefined)
    return { ok: true, pbx: chosen, because: reasonOf(typed, byName !== undefined, chosen.id === wanted) };

  const names = pbxs.map((pbx) => pbx.name);
  const isKind = PBX_KINDS.some((kind) => kind === wanted);
  const problem = isKind
    ? `no PBX of the kind "${wanted}"`
    : `no PBX named ${JSON.stringify(typed?.slice(0, 64))}`;
  const meant = suggest(wanted, [...PBX_KINDS, ...names]);
  const right =
    names.length === 0
      ? 'add one with: click2call pbx add'
      : `give one of ${[...new Set([...pbxs.map((pbx) => pbx.kind), ...names])].join(', ')}`;
  const hint = !isKind && meant !== undefined ? ` Did you mean ${meant}?` : '';
  return {
    ok: false,
    refusal: {
      code: 'pbx_unknown',
      field: 'pbx',
      message: `pbx: this account has ${problem}; ${right}.${hint}`,
    },
  };
}

function reasonOf(typed: string | undefined, isItsOwn: boolean, isId: boolean): PbxReason {
  if (typed === undefined) return 'default';
  if (!isItsOwn) return 'kind';
  return isId ? 'id' : 'name';
}
