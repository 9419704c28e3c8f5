import { extensionUnknownRemedy, type OrderContext } from '../asterisk/faults.ts';
import { PbxError, type PbxExchange } from '../contract.ts';
import type { AmiMessage } from './message.ts';

/**
 * What goes wrong between us and an AMI, each with the other side's own words and a sentence on what to do about it.
 * Texts of Asterisk: main/manager.c, 16 to 23.
 */

/** What an Asterisk that is being stopped answers to every action (main/manager.c, process_message). */
const SHUTTING_DOWN = /shutting down/i;
const WHEN_RESTARTED = 'Try again when the PBX has restarted.';

const MANAGER_RIGHTS = 'read = call and write = originate,call,reporting';

export function notAmi(reason: string): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_protocol',
    said: reason,
    remedy: 'Check the port setting (AMI is 5038, over TLS 5039) and the permit line of the manager user.',
  });
}

export function loginRefused(reply: AmiMessage, exchange: PbxExchange): PbxError {
  const said = reply.get('Message') ?? reply.raw;
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_login_refused',
    said,
    remedy: /in use/i.test(said)
      ? 'Set allowmultiplelogin = yes for this manager user, or give us a user of our own.'
      : "Check username and secret against manager.conf, and that the user's permit line names our address.",
    exchange,
  });
}

export function originateRefused(reply: AmiMessage, about: OrderContext, exchange: PbxExchange): PbxError {
  const said = reply.get('Message') ?? reply.raw;
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
  code: 'extension_unknown' | 'pbx_permission_denied' | 'pbx_refused';
  remedy: (about: OrderContext) => string;
}[] = [
  {
    text: /^Extension does not exist/i,
    code: 'extension_unknown',
    remedy: extensionUnknownRemedy,
  },
  {
    text: /^Permission denied/i,
    code: 'pbx_permission_denied',
    remedy: () => `Give the manager user ${MANAGER_RIGHTS} in manager.conf, and reload it.`,
  },
  {
    text: /^Originate Access Forbidden/i,
    code: 'pbx_permission_denied',
    remedy: () =>
      'The PBX forbids this application to our login; check second_channel for words that it takes for a command.',
  },
  { text: SHUTTING_DOWN, code: 'pbx_refused', remedy: () => WHEN_RESTARTED },
  {
    text: /^Invalid channel|^Channel not specified/i,
    code: 'pbx_refused',
    remedy: () => 'Check the settings first_channel and outside_channel of this PBX.',
  },
];

/** A call can not be asked for, or ended. */
export function actionDenied(reply: AmiMessage, exchange: PbxExchange): PbxError {
  return denied(reply, 'and reload it.', exchange);
}

export function lookupDenied(reply: AmiMessage, exchange: PbxExchange): PbxError {
  return denied(reply, 'or set lookup = none and a context for this PBX.', exchange);
}

function denied(reply: AmiMessage, orElse: string, exchange: PbxExchange): PbxError {
  const said = reply.get('Message') ?? reply.raw;
  const isStopping = SHUTTING_DOWN.test(said);
  return new PbxError({
    phase: 'refused',
    code: isStopping ? 'pbx_refused' : 'pbx_permission_denied',
    said,
    remedy: isStopping
      ? WHEN_RESTARTED
      : `Give the manager user ${MANAGER_RIGHTS} in manager.conf, ${orElse}`,
    exchange,
  });
}

/** The encoder's refusal: what the PBX itself or its settings gave us can't be sent. */
export function unsafe(error: Error, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_refused',
    said: error.message,
    remedy: "Check this PBX's settings, and the caller ID and account code that it has for the extension.",
    exchange,
    cause: error,
  });
}
