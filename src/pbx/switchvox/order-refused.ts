import { PbxError, type PbxExchange } from '../contract.ts';
import type { ApiFault } from './decoder.ts';
import { ACCESS, wordsOf } from './faults.ts';

/** What an order was about, for the sentence of a remedy. */
export interface OrderContext {
  readonly first: string;
  readonly second: string;
  readonly dialAs: string;
}

export function orderRefused(
  errors: readonly ApiFault[],
  about: OrderContext,
  exchange: PbxExchange,
): PbxError {
  const said = wordsOf(errors);
  const known = REFUSALS.find((refusal) => errors.some((error) => refusal.matches(error, about)));
  return new PbxError({
    phase: 'refused',
    code: known?.code ?? 'pbx_refused',
    said,
    remedy:
      known?.remedy(about) ?? "See the error code in Switchvox's API reference, and its log at this time.",
    exchange,
  });
}

const REFUSALS: readonly {
  matches: (error: ApiFault, about: OrderContext) => boolean;
  code: 'extension_unknown' | 'dial_as_unknown' | 'pbx_permission_denied' | 'pbx_refused';
  remedy: (about: OrderContext) => string;
}[] = [
  {
    matches: ({ code, message }, { first, second }) =>
      /^100(10|12)$/.test(code) && message.includes(`(${first})`) && first !== second,
    code: 'pbx_refused',
    remedy: ({ first }) =>
      `The PBX can not ring ${first}: dial_first must be one of its extensions or dialable numbers.`,
  },
  {
    matches: ({ code }) => /^100(10|12)$/.test(code),
    code: 'extension_unknown',
    remedy: ({ second, dialAs }) =>
      `With the outgoing call rules of ${dialAs} the PBX can not dial ${second}: dial another number, or give a ` +
      'dial_as that may call it.',
  },
  {
    matches: ({ code }) => code === '10014' || code === '84711',
    code: 'dial_as_unknown',
    remedy: ({ dialAs }) =>
      `The account of ${dialAs} has changed on the PBX; the next click looks it up anew.`,
  },
  {
    matches: ({ code, message }) =>
      code === '97203' ||
      /permission|not (?:allowed|authori[sz]ed)|access denied|unauthori[sz]ed/i.test(message),
    code: 'pbx_permission_denied',
    remedy: () => `The login may not do this: ${ACCESS}.`,
  },
  {
    matches: ({ message }) => /timeout_second_call/.test(message),
    code: 'pbx_refused',
    remedy: () => 'This version does not know timeout_second_call: set second_timeout to false.',
  },
  {
    matches: ({ message }) => /auto_answer/.test(message),
    code: 'pbx_refused',
    remedy: () => 'This version does not know auto_answer: set auto_answer to false.',
  },
  {
    matches: ({ code, message }) => code === '10011' || code === '10013' || /parameter/i.test(message),
    code: 'pbx_refused',
    remedy: () =>
      'This version wants other parameters; try second_timeout and auto_answer as false, and tell us of its version.',
  },
];
