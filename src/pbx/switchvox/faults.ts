import { PbxError, type FailurePhase, type PbxExchange } from '../contract.ts';
import type { BoxAnswer } from './box.ts';
import type { ApiFault } from './decoder.ts';
import type { SwitchvoxSettings } from './manifest.ts';

/**
 * What goes wrong between us and a Switchvox, each with its own words and a sentence on what to do about it. Codes of the
 * Extend API: C.4 of the protocol's reference, and the pages of its methods.
 */

/** What an administrator's login needs, as the second half of a sentence. */
export const ACCESS =
  'Access Control must allow our address to use the API, and the administrator needs the right to manage extensions';

export function loginRefused(
  { status, reply, problem }: BoxAnswer,
  offers: string | undefined,
  { auth, tls }: Pick<SwitchvoxSettings, 'auth' | 'tls'>,
  exchange: PbxExchange,
): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_login_refused',
    said:
      reply === undefined || reply.errors.length === 0 ? problem || `HTTP ${status}` : wordsOf(reply.errors),
    remedy: loginRemedy(status, offers ?? '', auth, tls),
    exchange,
  });
}

function loginRemedy(status: number, offers: string, auth: SwitchvoxSettings['auth'], tls: boolean): string {
  if (auth === 'digest' && status === 401 && !/\bdigest\b/i.test(offers))
    return 'The PBX does not offer Digest, and auth is digest; set auth to auto or basic to send the password over TLS.';
  if (auth === 'auto' && !tls && !/\bdigest\b/i.test(offers))
    return 'The PBX wants the password itself, which is not sent without TLS; set tls to true.';
  return (
    'Check username and password, that role is what the login is, and that Access Control on the Switchvox ' +
    'allows our address to use the API.'
  );
}

/** HTTP 403 for one request, of a login that the PBX knows. */
export function forbidden({ status, problem }: BoxAnswer, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'refused',
    code: 'pbx_permission_denied',
    said: problem || `HTTP ${status}`,
    remedy: `The login may not do this: ${ACCESS}.`,
    exchange,
  });
}

/** The look-up before the order was refused: nobody was asked to ring anybody. */
export function lookupRefused(errors: readonly ApiFault[], exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'refused',
    code: 'pbx_permission_denied',
    said: wordsOf(errors),
    remedy: `The login may not look up extensions: ${ACCESS}. As an extension's own login, set role to user.`,
    exchange,
  });
}

/** The box does not show us its calls, or does not let us end one. */
export function callsRefused(errors: readonly ApiFault[], exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'refused',
    code: 'pbx_permission_denied',
    said: wordsOf(errors),
    remedy: `The login may not see or end current calls: ${ACCESS}. Or set follow_calls to false.`,
    exchange,
  });
}

/** Which of the box's calls it is can not be told: the wrong one must not be ended. */
export function notToldApart(exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_cannot',
    said: 'Which of its current calls this one is can not be told: a Switchvox gives calls no id that we know',
    remedy: 'End it at one of the phones, or under Current Calls of the Switchvox.',
    exchange,
  });
}

export function notFollowed(remedy: string): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_cannot',
    said: 'The calls of this PBX are not followed, so none of them can be ended from here',
    remedy,
  });
}

/** What answered is no Extend API. */
export function notExtend(
  phase: FailurePhase,
  problem: string,
  { format }: Pick<SwitchvoxSettings, 'format'>,
  exchange: PbxExchange,
): PbxError {
  const other = format === 'json' ? 'xml' : 'json';
  return new PbxError({
    phase,
    code: 'pbx_protocol',
    said: problem,
    remedy: `What answered is no ${format.toUpperCase()} of the Extend API. Check that host and port are those of the Switchvox; for a version without /${format} set format to ${other}.`,
    exchange,
  });
}

/** The connection ended, or nothing came, before the order was sent. */
export function linkLost(error: unknown, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_unreachable',
    said: error instanceof Error ? error.message : String(error),
    remedy: 'The PBX did not answer before the order was sent; nothing rings. Try again.',
    exchange,
    cause: error,
  });
}

export function dialAsUnknown(extension: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'dial_as_unknown',
    said: `dial_as: the PBX has no extension ${extension}`,
    remedy: 'Give a dial_as that is an extension of this PBX, in digits.',
    exchange,
  });
}

export function dialAsOther(extension: string, own: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'dial_as_unknown',
    said: `dial_as: the login of this PBX is the extension ${own}, which can not dial as ${extension}`,
    remedy: `Give no dial_as, or ${own}; to dial as others, give this PBX an administrator's login.`,
    exchange,
  });
}

export function noDialAs(first: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'dial_as_unknown',
    said: `dial_as is missing, and dial_first ${first} is no extension of the PBX whose rights could be used`,
    remedy: 'Give a dial_as, or set default_dial_as for this PBX.',
    exchange,
  });
}

/** The encoder's refusal: what the settings gave us can't be sent. */
export function unsafe(error: Error, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_refused',
    said: error.message,
    remedy: "Check this PBX's settings.",
    exchange,
    cause: error,
  });
}

/** Code and text as the PBX gave them, e.g. `10010: Invalid extension (abc). …`. */
export function wordsOf(errors: readonly ApiFault[]): string {
  const words = errors.map(({ code, message }) => [code, message].filter((part) => part !== '').join(': '));
  return words.join('; ') || 'an error without a text';
}

/** The same failure, for another call than the one that met it first. */
export function withExchange(error: PbxError, exchange: PbxExchange): PbxError {
  const { phase, code, said, remedy, cause } = error;
  return new PbxError({ phase, code, said, remedy, exchange, cause });
}
