/**
 * Every error that the API can answer with, and what it means. A code is stable: its text may get better, its meaning
 * does not change, and a retired code is not used again.
 */
export const ERROR_CODES = {
  key_invalid: 'The API key is missing, malformed, unknown or revoked. One answer for all four.',
  parameter_missing: 'A required parameter was not given.',
  parameter_unknown: 'A parameter that does not exist was given.',
  parameter_repeated: 'A parameter was given more than once.',
  parameter_invalid: 'A parameter has a value that can not be used.',
  dial_as_conflict: 'dail_as and dial_as were both given, and differ.',
  body_invalid: 'The body is not what its content type says.',
  body_too_large: 'The body is over the limit.',
  media_type_unsupported: 'The body is neither JSON nor a form.',
  method_not_allowed: 'This path does not take this HTTP method.',
  not_found: 'There is nothing at this path, or nothing that this key may see.',
  prefetch_refused: 'The request looks like a link preview or a prefetch, which must not ring a phone.',
  pbx_unknown: 'The account has no PBX of that name or kind.',
  pbx_settings:
    'What is stored of the PBX can not be used any more: a template file is gone, or the master key is another.',
  pbx_cannot: 'This kind of PBX can not do that; its capabilities say what it can.',
  pbx_busy: 'The bound on originates per second or on calls in progress of this PBX is reached.',
  pbx_unreachable: 'No connection to the PBX could be made.',
  pbx_address_refused: 'The host of the PBX is at an address that this installation does not connect to.',
  pbx_tls: 'The TLS handshake with the PBX failed, or its certificate is not the expected one.',
  pbx_login_refused: 'The PBX did not accept our login.',
  pbx_protocol: 'What answered does not speak the protocol of this kind of PBX.',
  pbx_permission_denied: 'The PBX does not allow our login to do this.',
  phone_unregistered: 'The PBX could not ring the first phone: none is registered there.',
  phone_unknown: 'The PBX could not ring the first phone: it has none of that name.',
  pbx_refused: 'The PBX refused the order.',
  pbx_in_doubt: 'The order was sent and no answer came. The phone may ring; it is not tried again.',
  dial_as_unknown: 'The extension to dial as is not known to the PBX, or none is implied.',
  extension_unknown: 'The second number can not be dialled with the rights of the extension to dial as.',
  server_busy: 'The journal can not be written at the moment, so no PBX was asked.',
  internal: 'A fault of ours.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
