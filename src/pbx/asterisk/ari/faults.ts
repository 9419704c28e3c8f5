import type { ErrorCode } from '../../../../contract/error-codes.ts';
import { PbxError, type PbxExchange } from '../../contract.ts';
import { extensionUnknownRemedy, type OrderContext } from '../faults.ts';
import { wordsOf, type RestAnswer } from './rest.ts';

/**
 * What goes wrong between us and an ARI, each with the other side's own words and a sentence on what to do about it.
 * Texts of Asterisk: main/http.c, res/res_ari.c and res/ari/resource_channels.c, 16 to 23.
 */

const ARI_USER = 'Check username and password against the section of type = user in ari.conf, and its acl.';

export function notAri(said: string): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_protocol',
    said,
    remedy:
      'Check the port setting (ARI is 8088, over TLS 8089), enabled = yes in http.conf and ari.conf, and that res_ari.so is loaded.',
  });
}

export function loginRefused(said: string): PbxError {
  return new PbxError({ phase: 'before_send', code: 'pbx_login_refused', said, remedy: ARI_USER });
}

interface Refusal {
  readonly code: ErrorCode;
  readonly remedy: string;
}

/** What a refusal of any kind of request means. */
function refusalOf({ status }: RestAnswer): Refusal | undefined {
  if (status === 401) return { code: 'pbx_login_refused', remedy: ARI_USER };
  if (status === 403) {
    return {
      code: 'pbx_permission_denied',
      remedy: 'Set read_only = no for our user in ari.conf, check its acl, and reload res_ari.so.',
    };
  }
  if (status === 503) return { code: 'pbx_refused', remedy: 'Try again when the PBX has started.' };
  return undefined;
}

const UNKNOWN: Refusal = { code: 'pbx_refused', remedy: "Look into the PBX's own log at this time." };

export const ALLOCATION_FAILED = /^Allocation failed/i;

const ORDER_REFUSALS: readonly { readonly text: RegExp; readonly remedy: (endpoint: string) => string }[] = [
  {
    text: ALLOCATION_FAILED,
    remedy: (endpoint) =>
      `The PBX can not ring ${endpoint}: register that phone, or check first_channel and outside_channel of this PBX.`,
  },
  {
    text: /endpoint/i,
    remedy: () => 'Check the settings first_channel and outside_channel of this PBX.',
  },
  { text: /unique ID/i, remedy: () => 'A channel of this id lives already; it was not rung again.' },
];

/** @param endpoint the channel that was to be rung, for the remedy. */
export function orderRefused(answer: RestAnswer, endpoint: string, exchange: PbxExchange): PbxError {
  const said = wordsOf(answer) ?? statusText(answer);
  const known = ORDER_REFUSALS.find(({ text }) => text.test(said));
  const refusal =
    refusalOf(answer) ?? (known === undefined ? UNKNOWN : { ...UNKNOWN, remedy: known.remedy(endpoint) });
  return new PbxError({ phase: 'refused', ...refusal, said, exchange });
}

/** A question, or the wish to hang up, was refused. */
export function requestRefused(answer: RestAnswer, exchange: PbxExchange): PbxError {
  const refusal = refusalOf(answer) ?? UNKNOWN;
  return new PbxError({
    phase: 'refused',
    ...refusal,
    said: wordsOf(answer) ?? statusText(answer),
    exchange,
  });
}

/** @param channel the one that was to be rung */
export function phoneUnregistered(said: string, channel: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'refused',
    code: 'phone_unregistered',
    said,
    remedy: `The PBX knows ${channel}, and no phone is registered there: register it, or click with another dial_first.`,
    exchange,
  });
}

export function phoneUnknown(said: string, channel: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'refused',
    code: 'phone_unknown',
    said,
    remedy: `The PBX has no phone ${channel}: check dial_first, and first_channel and outside_channel of this PBX.`,
    exchange,
  });
}

/** The order to hang up was sent, and no whole answer came. */
export function hangUpInDoubt(said: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'in_doubt',
    code: 'pbx_in_doubt',
    said,
    remedy:
      'The PBX was asked to hang up and did not answer: look whether the call is over, and ask again if not.',
    exchange,
  });
}

/**
 * ARI itself rings the first phone of a call whose second number leads nowhere. So we ask before, and say what Asterisk
 * says in the same case elsewhere (main/manager.c); its answer to our question stands in the exchange.
 */
export function extensionUnknown(about: OrderContext, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'refused',
    code: 'extension_unknown',
    said: 'Extension does not exist.',
    remedy: extensionUnknownRemedy(about),
    exchange,
  });
}

export function statusText({ status, body }: RestAnswer): string {
  return `HTTP ${status} ${body.replace(/\s+/g, ' ').trim().slice(0, 200)}`.trim();
}
