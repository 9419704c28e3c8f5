import type { ErrorCode } from '../../contract/error-codes.ts';
import { maskKeys } from '../access/key-text.ts';
import type { Outcome, PbxKind } from '../calls/call.ts';
import type { Fact } from '../calls/fact.ts';
import type { Refusal } from '../calls/plan-call.ts';
import type { PbxError } from '../pbx/contract.ts';

/** One thing that went wrong. */
export interface AnswerError {
  readonly code: ErrorCode;
  /** For people: what is wrong, then what to do. */
  readonly message: string;
  /** What is wrong alone: the words of the PBX or the network; ours where nobody else spoke. */
  readonly said: string;
  /** The PBX's (or the network's) own words, unaltered. */
  readonly pbxMessage?: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The parameter that is wrong, where it is one. */
  readonly field?: string;
}

/** What became of a request: what every face of the service (HTTP, command line) presents in its own way. */
export interface Answer {
  readonly requestId: string;
  readonly outcome: Outcome;
  readonly kind: PbxKind;
  readonly errors: readonly AnswerError[];
  /** Opens the public page of this request; undefined where nothing was written about it. */
  readonly errorToken: string | undefined;
}

/** It repeats what was sent, which may be a key in the wrong place; it is written down, and shown to who has no key. */
export function errorOfRefusal({ code, message, field }: Refusal): AnswerError {
  const said = maskKeys(message);
  return { code, message: said, said, ...(field === undefined ? {} : { field: maskKeys(field) }) };
}

/** What we found out by ourselves, before any PBX spoke of the order. */
const SAID_BY_US = new Set<ErrorCode>([
  'pbx_busy',
  'pbx_cannot',
  'pbx_removed',
  'pbx_settings',
  'pbx_address_refused',
  'dial_as_unknown',
]);

export function errorOfPbx(error: PbxError): AnswerError {
  const isOurs = error.phase === 'before_send' && SAID_BY_US.has(error.code);
  return {
    code: error.code,
    message: `${error.said}${/[.!?]$/.test(error.said) ? '' : '.'} ${error.remedy}`,
    said: error.said,
    ...(isOurs ? {} : { pbxMessage: error.said }),
    remedy: error.remedy,
  };
}

/** What the answer to the order means for the call. */
export function factsOfAnswer({ outcome, errors: [error] }: Pick<Answer, 'outcome' | 'errors'>): Fact[] {
  if (outcome === 'accepted') return [{ type: 'accepted' }];
  if (error === undefined) return [];
  const { code, said } = error;
  // A captured journal has null for what is not there.
  const remedy = error.remedy ?? '';
  return [{ type: outcome === 'in_doubt' ? 'in_doubt' : 'refused', problem: { code, said, remedy } }];
}
