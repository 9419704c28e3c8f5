import type { Desk } from './ari-sandbox.ts';
import { operationOf, type AriReply, type AriRequest } from './requests.ts';
import { answer } from './routes.ts';

/** What becomes of an answer on its way back, as the faults want it. */
export type Delivery =
  | { readonly does: 'arrives'; readonly reply: AriReply }
  /** Half of it comes, and the connection is closed. */
  | { readonly does: 'breaks_off'; readonly reply: AriReply }
  /** The connection is closed in its place. */
  | { readonly does: 'closes' }
  | { readonly does: 'never_comes' };

/** Carries out a request, whichever way it came: by HTTP, or over a WebSocket that the PBX opened. */
export async function carryOut(request: AriRequest, { exchange, faults }: Desk): Promise<Delivery> {
  exchange.witness.asked(request.method, request.path);
  const reply = await answer(request, exchange, faults);
  const operation = operationOf(request);
  for (let i = 0; i < (faults.floodEvents ?? 0); i++) {
    exchange.apps.tellEverybody('ChannelDestroyed', { channel: { id: `other-${i}`, name: '' }, cause: 16 });
  }
  if (reply === 'closes') return { does: 'closes' };
  if (faults.neverAnswer?.includes(operation) === true) return { does: 'never_comes' };
  if (faults.closeMidAnswer?.includes(operation) === true) return { does: 'breaks_off', reply };
  if (faults.hugeAnswer?.to.includes(operation) === true)
    return { does: 'arrives', reply: { status: 200, garbage: ' '.repeat(faults.hugeAnswer.bytes) } };
  return { does: 'arrives', reply };
}
