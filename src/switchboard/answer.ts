import type { ErrorCode } from '../../contract/error-codes.ts';
import type { Outcome, PbxKind } from '../calls/call.ts';
import type { Refusal } from '../calls/plan-call.ts';
import type { PbxError } from '../pbx/contract.ts';

/** One thing that went wrong. */
export interface AnswerError {
  readonly code: ErrorCode;
  /** For people: the PBX's words where it spoke, then ours. */
  readonly message: string;
  /** The PBX's (or the network's) own words, unaltered. */
  readonly pbxMessage?: string;
  /** What to do about it. */
  readonly remedy?: string;
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

export function errorOfRefusal(refusal: Refusal): AnswerError {
  return { code: refusal.code, message: refusal.message };
}

/** What we found out by ourselves, before any PBX spoke of the order. */
const SAID_BY_US = new Set<ErrorCode>([
  'pbx_busy',
  'pbx_cannot',
  'pbx_settings',
  'pbx_address_refused',
  'dial_as_unknown',
]);

export function errorOfPbx(error: PbxError): AnswerError {
  const isOurs = error.phase === 'before_send' && SAID_BY_US.has(error.code);
  return {
    code: error.code,
    message: `${error.said}${/[.!?]$/.test(error.said) ? '' : '.'} ${error.remedy}`,
    ...(isOurs ? {} : { pbxMessage: error.said }),
    remedy: error.remedy,
  };
}
