import { PbxError, type PbxExchange } from './contract.ts';

/** The order was sent, and no whole answer came. */
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
