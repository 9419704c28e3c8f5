import { PbxError, type PbxExchange } from '../contract.ts';

/**
 * What goes wrong between us and an Event Socket, each with the other side's own words and a sentence on what to do
 * about it. Texts of FreeSWITCH: mod_event_socket.c, mod_commands.c, switch_channel.c (causes), 1.10.
 */

/** What a click needs of `esl-allowed-api` and `esl-allowed-events`. */
export const NEEDED_API = ['originate', 'uuid_exists', 'user_data', 'user_exists'];
export const NEEDED_EVENTS = ['BACKGROUND_JOB', 'CHANNEL_CREATE', 'CHANNEL_HANGUP_COMPLETE'];
/** What else is of use, as the guide has it: to end calls, and to tell how they fare. */
export const USEFUL_API = ['uuid_kill'];
export const USEFUL_EVENTS = [
  'CHANNEL_PROGRESS',
  'CHANNEL_PROGRESS_MEDIA',
  'CHANNEL_ANSWER',
  'CHANNEL_BRIDGE',
  'CHANNEL_HANGUP',
];

export function notEventSocket(reason: string): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_protocol',
    said: reason,
    remedy:
      'Check the port setting (the Event Socket is 8021) and tls, which FreeSWITCH itself does not speak.',
  });
}

/** `text/rude-rejection`: our address is not in the ACL. No password was asked for. */
export function rejectedByAcl(said: string): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_login_refused',
    said,
    remedy:
      'Add the address of Click-2-Call to the list that apply-inbound-acl names in event_socket.conf.xml, and reload mod_event_socket.',
  });
}

export function loginRefused(said: string, user: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_login_refused',
    said,
    remedy:
      user === ''
        ? 'Check password against event_socket.conf.xml.'
        : `Check user and password: the directory user ${user} needs the parameter esl-password.`,
    exchange,
  });
}

export function eventsDenied(said: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_permission_denied',
    said,
    remedy: `Give the user esl-allowed-events with ${NEEDED_EVENTS.join(' ')}: without them no call's end is heard.`,
    exchange,
  });
}

/** What the refused originate was about, for the remedy's sentence. */
export interface OriginateContext {
  readonly first: string;
  readonly domain: string;
}

/** @param said the reply's `-ERR …`, or the result of the job. */
export function originateRefused(said: string, about: OriginateContext, exchange: PbxExchange): PbxError {
  const known = REFUSALS.find(({ text }) => text.test(said));
  return new PbxError({
    phase: 'refused',
    code: known?.code ?? 'pbx_refused',
    said,
    remedy: known?.remedy(about) ?? "Look into the PBX's own log at this time.",
    exchange,
  });
}

const REFUSALS: readonly {
  text: RegExp;
  code: 'pbx_permission_denied' | 'pbx_refused' | 'phone_unregistered';
  remedy: (about: OriginateContext) => string;
}[] = [
  {
    text: /permission denied/i,
    code: 'pbx_permission_denied',
    remedy: () => `Give the user esl-allowed-api with ${NEEDED_API.join(' ')}.`,
  },
  {
    text: /USER_NOT_REGISTERED/,
    code: 'phone_unregistered',
    remedy: ({ first, domain }) => `Register the phone of ${first}@${domain}; nobody's phone rang.`,
  },
  {
    text: /SUBSCRIBER_ABSENT/,
    code: 'pbx_refused',
    remedy: ({ first, domain }) =>
      `Check that ${first} is a user of the domain ${domain} and can be reached.`,
  },
  {
    text: /MANDATORY_IE_MISSING/,
    code: 'pbx_refused',
    remedy: ({ domain }) => `Give the domain ${domain} or the user a dial-string in the directory.`,
  },
  {
    text: /CHAN_NOT_IMPLEMENTED|INVALID_(GATEWAY|PROFILE|URL)|GATEWAY_DOWN|-USAGE/,
    code: 'pbx_refused',
    remedy: () =>
      'Check the settings first_channel and outside_channel of this PBX, and the gateway they name.',
  },
  {
    text: /NO_ROUTE_DESTINATION|UNALLOCATED_NUMBER|INVALID_NUMBER_FORMAT/,
    code: 'pbx_refused',
    remedy: ({ first }) =>
      `The PBX has no way to ${first}: dial another number, or give a dial_as that may call it.`,
  },
  {
    text: /Command not found/i,
    code: 'pbx_refused',
    remedy: () => 'Load mod_commands on the FreeSWITCH.',
  },
];

export function lookupDenied(said: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'refused',
    code: 'pbx_permission_denied',
    said,
    remedy: `Give the user esl-allowed-api with ${NEEDED_API.join(' ')}.`,
    exchange,
  });
}

export function hangUpDenied(said: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'refused',
    code: 'pbx_permission_denied',
    said,
    remedy: 'Add uuid_kill to the esl-allowed-api of the user.',
    exchange,
  });
}

export function dialAsUnknown(extension: string, domain: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'dial_as_unknown',
    said: `dial_as: the PBX has no user ${extension} in the domain ${domain}`,
    remedy: 'Give a dial_as that is a user of this domain, or check the domain setting of this PBX.',
    exchange,
  });
}

export function noContext(extension: string, domain: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'dial_as_unknown',
    said: `dial_as: the user ${extension}@${domain} has no user_context`,
    remedy: 'Give the user the variable user_context in the directory, or set context for this PBX.',
    exchange,
  });
}

export function noDialAs(first: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'dial_as_unknown',
    said: `dial_as is missing, and dial_first ${first} is no user of the PBX whose rights could be used`,
    remedy: 'Give a dial_as, or set default_dial_as for this PBX.',
    exchange,
  });
}

/** The encoder's refusal: what the PBX itself or its settings gave us can't be sent. */
export function unsafe(error: Error, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_refused',
    said: error.message,
    remedy:
      "Check this PBX's settings, and the caller ID, account code and toll_allow that it has for the extension.",
    exchange,
    cause: error,
  });
}
