import { PbxError, type PbxExchange } from '../contract.ts';

/** What the refused order was about, for the remedy's sentence. */
export interface OrderContext {
  readonly second: string;
  readonly context: string;
  readonly dialAs: string;
}

export function extensionUnknownRemedy({ second, context, dialAs }: OrderContext): string {
  return (
    `The dialplan context ${context}, whose rights ${dialAs} has, knows no ${second}: ` +
    'dial another number, or give a dial_as that may call it.'
  );
}

export function inDoubt(reason: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'in_doubt',
    code: 'pbx_in_doubt',
    said: reason,
    remedy:
      'The order was sent and the phone may ring; it is not tried again. See the status before you click again.',
    exchange,
  });
}

/** The link ended before the order was sent. */
export function linkLost(reason: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_unreachable',
    said: reason,
    remedy: 'The connection to the PBX ended before the order was sent; nothing rings. Try again.',
    exchange,
  });
}
