/** What an error means, and the status with which `/v3` answers it; `/c2c/v2` answers everything with 200. */
export interface ErrorMeaning {
  readonly status: number;
  readonly title: string;
  readonly says: string;
}

/**
 * Every error that the API can answer with, and what it means. A code is stable: its text may get better, its meaning
 * does not change, and a retired code is not used again. `docs/errors.md` is written from here.
 */
export const ERROR_CODES = {
  key_invalid: {
    status: 401,
    title: 'The key is not valid',
    says: 'The API key is missing, malformed, unknown, expired or revoked. One answer for all of them.',
  },
  key_forbidden: {
    status: 403,
    title: 'The key may not do that',
    says: 'The API key is valid, and has not the scope that this needs, may not be used from where it came, or is one for web pages.',
  },
  key_limit: {
    status: 403,
    title: 'The key is not made for this call',
    says: 'The call goes beyond a limit of the API key: numbers that it may dial, whom it may dial as, PBXs that it may ring.',
  },
  session_ended: {
    status: 401,
    title: 'The session is over',
    says: 'The session of this cookie is over, by time or by somebody who ended it, or it never was: log in again.',
  },
  session_needed: {
    status: 403,
    title: 'This needs a person',
    says: 'This is for somebody who is logged in; a key can not do it.',
  },
  origin_refused: {
    status: 403,
    title: 'The request came from another site',
    says: 'A page of another site sent this, or it can not be told that none did: nothing was done.',
  },
  https_needed: {
    status: 403,
    title: 'HTTPS is needed',
    says: 'This came over plain HTTP from elsewhere than this machine, which this is not done over.',
  },
  login_failed: {
    status: 401,
    title: 'Not logged in',
    says: 'The e-mail or the password is not right, or the link was used already, is too old, or never was. One answer for all.',
  },
  signup_closed: {
    status: 403,
    title: 'Sign-up is closed',
    says: 'This installation lets nobody sign up, or nobody without an invitation.',
  },
  email_taken: {
    status: 409,
    title: 'The e-mail is in use',
    says: 'Somebody has signed up with this e-mail, or is a member of the account already.',
  },
  link_invalid: {
    status: 404,
    title: 'The link is no good',
    says: 'The link was used already, is too old, was taken back, or never was. One answer for all.',
  },
  last_owner: {
    status: 409,
    title: 'The last owner',
    says: 'An account has an owner: its last one can not be removed, and keeps that role.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many attempts',
    says: 'Too many attempts came from this address, or for this e-mail; Retry-After says when the next one is taken.',
  },
  parameter_missing: {
    status: 422,
    title: 'A parameter is missing',
    says: 'A required parameter was not given.',
  },
  parameter_unknown: {
    status: 422,
    title: 'A parameter does not exist',
    says: 'A parameter that does not exist was given.',
  },
  parameter_repeated: {
    status: 422,
    title: 'A parameter is given twice',
    says: 'A parameter was given more than once.',
  },
  parameter_invalid: {
    status: 422,
    title: 'A parameter can not be used',
    says: 'A parameter has a value that can not be used.',
  },
  dial_as_conflict: {
    status: 422,
    title: 'dail_as and dial_as differ',
    says: 'dail_as and dial_as were both given, and differ. /c2c/v2 alone has both.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The idempotency key is in use',
    says: 'The Idempotency-Key was used within the last 24 hours for a request with another body.',
  },
  body_invalid: {
    status: 400,
    title: 'The body can not be read',
    says: 'The body is not what its content type says.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    says: 'The body is over the limit.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'The content type is not taken',
    says: 'The body is of a type that is not taken: /v3 takes JSON, /c2c/v2 JSON and forms.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not taken here',
    says: 'This path does not take this HTTP method.',
  },
  not_found: {
    status: 404,
    title: 'Nothing there',
    says: 'There is nothing at this path, or nothing that this key may see.',
  },
  name_taken: {
    status: 409,
    title: 'The name is in use',
    says: 'The account has something of that name already.',
  },
  too_many_streams: {
    status: 429,
    title: 'Too many streams',
    says: 'The account has as many streams of events open as it may.',
  },
  webhook_paused: {
    status: 409,
    title: 'The webhook is paused',
    says: 'The webhook is paused, so nothing is sent to it.',
  },
  prefetch_refused: {
    status: 403,
    title: 'A prefetch rings no phone',
    says: 'The request looks like a link preview or a prefetch, which must not ring a phone. /c2c/v2 alone asks for that.',
  },
  too_many_calls: {
    status: 429,
    title: 'Too many calls',
    says: 'The key, the account or the number has as many calls within a minute, or at the same time, as it may.',
  },
  key_frozen: {
    status: 403,
    title: 'The key froze itself',
    says: 'The calls of this key looked like those of a thief, so it makes none until its owner unfreezes it.',
  },
  policy_refused: {
    status: 403,
    title: "The account's dial policy does not allow it",
    says: 'The dial policy of the account does not allow this number, at this time or with these rights.',
  },
  pbx_unknown: {
    status: 422,
    title: 'No such PBX',
    says: 'The account has no PBX of that name or kind.',
  },
  pbx_removed: {
    status: 409,
    title: 'The PBX is removed',
    says: 'The PBX of this call has been removed from the account.',
  },
  pbx_settings: {
    status: 409,
    title: 'The PBX can not be used as it is stored',
    says: 'What is stored of the PBX can not be used any more: a template file is gone, or the master key is another.',
  },
  pbx_cannot: {
    status: 501,
    title: 'The PBX can not do that',
    says: 'This kind of PBX can not do that; its capabilities say what it can.',
  },
  pbx_busy: {
    status: 503,
    title: 'The PBX has enough to do',
    says: 'The bound on originates per second or on calls in progress of this PBX is reached.',
  },
  pbx_unreachable: {
    status: 502,
    title: 'The PBX can not be reached',
    says: 'No connection to the PBX could be made.',
  },
  pbx_address_refused: {
    status: 409,
    title: 'The address of the PBX is not allowed',
    says: 'The host of the PBX is at an address that this installation does not connect to.',
  },
  pbx_tls: {
    status: 502,
    title: 'No TLS with the PBX',
    says: 'The TLS handshake with the PBX failed, or its certificate is not the expected one.',
  },
  pbx_login_refused: {
    status: 502,
    title: 'The PBX refused the login',
    says: 'The PBX did not accept our login.',
  },
  pbx_protocol: {
    status: 502,
    title: 'Not the protocol of this kind of PBX',
    says: 'What answered does not speak the protocol of this kind of PBX.',
  },
  pbx_permission_denied: {
    status: 502,
    title: 'The PBX does not allow it',
    says: 'The PBX does not allow our login to do this.',
  },
  phone_unregistered: {
    status: 409,
    title: 'The first phone is not registered',
    says: 'The PBX could not ring the first phone: none is registered there.',
  },
  phone_unknown: {
    status: 422,
    title: 'There is no such first phone',
    says: 'The PBX could not ring the first phone: it has none of that name.',
  },
  pbx_refused: {
    status: 502,
    title: 'The PBX refused',
    says: 'The PBX refused the order.',
  },
  pbx_in_doubt: {
    status: 504,
    title: 'The PBX did not answer',
    says: 'The order was sent and no answer came. The phone may ring; it is not tried again.',
  },
  dial_as_unknown: {
    status: 422,
    title: 'No such extension to dial as',
    says: 'The extension to dial as is not known to the PBX, or none is implied.',
  },
  extension_unknown: {
    status: 422,
    title: 'The second number can not be dialled',
    says: 'The second number can not be dialled with the rights of the extension to dial as.',
  },
  server_busy: {
    status: 503,
    title: 'The service can not take this now',
    says: 'The journal can not be written at the moment, or more calls are asked for at once than can be begun; no PBX was asked.',
  },
  internal: { status: 500, title: 'A fault of ours', says: 'A fault of ours.' },
} as const satisfies Readonly<Record<string, ErrorMeaning>>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What is wrong with a request itself, whoever sends it: its sender can mend it, and needs to know nothing else for that. */
export const REQUEST_ERRORS = [
  'parameter_missing',
  'parameter_unknown',
  'parameter_repeated',
  'parameter_invalid',
  'dial_as_conflict',
  'idempotency_key_reused',
  'body_invalid',
  'body_too_large',
  'media_type_unsupported',
] as const satisfies readonly ErrorCode[];

/** Codes that were answered once. Their words are taken for good. */
export const RETIRED_CODES: readonly string[] = [];
