import type { CallRecord } from '../../../switchboard/ports.ts';
import type { V3Deps } from '../deps.ts';
import { notFound } from '../problem.ts';
import type { Ask } from '../route.ts';

/** @throws Problem where the account has no such call, and for a key of a web page where another key made it */
export async function callOf(ask: Ask, { journal }: V3Deps): Promise<CallRecord> {
  const call = await journal.callById(ask.param('id'));
  const { tenantId, kind, keyId } = ask.principal;
  if (call?.tenantId !== tenantId || (kind === 'publishable' && call.keyId !== keyId)) throw notFound('call');
  return call;
}
