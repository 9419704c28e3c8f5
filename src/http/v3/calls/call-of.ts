import type { CallRecord } from '../../../switchboard/ports.ts';
import type { V3Deps } from '../deps.ts';
import { notFound } from '../problem.ts';
import type { Ask } from '../route.ts';

/** @throws Problem where the account has no such call */
export async function callOf(ask: Ask, { journal }: V3Deps): Promise<CallRecord> {
  const call = await journal.callById(ask.param('id'));
  if (call?.tenantId !== ask.principal.tenantId) throw notFound('call');
  return call;
}
