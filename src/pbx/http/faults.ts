import type { ErrorCode } from '../../../contract/error-codes.ts';
import { PbxError, type FailurePhase, type PbxExchange } from '../contract.ts';
import type { Refused } from './judge.ts';
import type { NotInMap } from './values.ts';
import { inDoubt } from '../link-faults.ts';

/** What goes wrong between us and a PBX's HTTP API, in the PBX's own words, with a sentence on what to do about it. */

export function refused(verdict: Refused, exchange: PbxExchange): PbxError {
  if (verdict.is === 'unclear') return inDoubt(verdict.said, exchange);
  const { code, said, remedy } = verdict;
  return new PbxError({ phase: 'refused', code, said, remedy, exchange });
}

/** Before the order was given: whatever the answer, nothing rings. */
export function loginRefused(verdict: Refused, exchange: PbxExchange): PbxError {
  const isUnclear = verdict.is === 'unclear';
  const isGeneral = verdict.code === 'pbx_refused';
  return new PbxError({
    phase: 'before_send',
    code: isUnclear ? 'pbx_protocol' : isGeneral ? 'pbx_login_refused' : verdict.code,
    said: verdict.said,
    remedy: isUnclear
      ? "Check that host and port are those of the PBX's API, and that the template is the right one for it."
      : isGeneral
        ? "Check the PBX's login settings: its user or client, its secret or token."
        : verdict.remedy,
    exchange,
  });
}

export function unreachable(reason: string, exchange: PbxExchange): PbxError {
  return beforeSend(
    'pbx_unreachable',
    reason,
    'The PBX did not answer our login; nothing rings. Check that it runs, and try again.',
    exchange,
  );
}

/** The frames hold what may be a token in another place than expected: they are left out. */
export function tokenMissing(name: string): PbxError {
  return beforeSend(
    'pbx_protocol',
    `The PBX accepted the login, and its answer has no ${name}`,
    'Check that the template is the right one for this PBX and its version.',
  );
}

/** A value that its place in the request can't carry. */
export function unsafe(reason: string): PbxError {
  return beforeSend(
    'pbx_refused',
    `The request can not be written: ${reason}`,
    "Check this PBX's settings, and the template's placeholders.",
  );
}

export function notInMap({ setting, number, message }: NotInMap): PbxError {
  return beforeSend('dial_as_unknown', message, `Add ${number}=… to the setting ${setting} of this PBX.`);
}

export function numberRefused(field: string, number: string, characters: string, max: number): PbxError {
  return beforeSend(
    'parameter_invalid',
    `${field} is ${number}; this PBX takes 1 to ${max} of the characters ${characters}`,
    'Give the number as somebody at a phone of this PBX would dial it.',
  );
}

export function dialAsRefused(label: string, dialAs: string, first: string | undefined): PbxError {
  const only = first === undefined ? '' : ` other than dial_first (${first})`;
  return beforeSend(
    'parameter_invalid',
    `dial_as is ${dialAs}; the API of ${label} can not dial as an extension${only}`,
    first === undefined ? 'Leave dial_as out.' : 'Leave dial_as out: the call is made as the first number.',
  );
}

/** What ends a call names it by what was ordered, and mostly by the PBX's id of it: only the session that ordered it has both. */
export function callNotKnown(): PbxError {
  return beforeSend(
    'pbx_cannot',
    "The PBX's own id of this call is not known here (any more), so it can not be ended from here",
    'End it at one of the phones, or on the PBX.',
  );
}

/** Asked for a call, or to end it, the PBX said no, or nothing that is known. */
export function questionRefused(verdict: Refused, exchange: PbxExchange): PbxError {
  const { code, said, remedy } = verdict;
  return new PbxError({
    phase: 'refused',
    code: code === 'pbx_in_doubt' ? 'pbx_refused' : code,
    said,
    remedy,
    exchange,
  });
}

export function noAnswer(reason: string, exchange: PbxExchange): PbxError {
  return beforeSend(
    'pbx_unreachable',
    reason,
    'The PBX did not answer. Check that it runs, and try again.',
    exchange,
  );
}

function beforeSend(code: ErrorCode, said: string, remedy: string, exchange: PbxExchange = []): PbxError {
  const phase: FailurePhase = 'before_send';
  return new PbxError({ phase, code, said, remedy, exchange });
}
