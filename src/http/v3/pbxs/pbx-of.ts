import type { PbxRecord } from '../../../directory/ports.ts';
import type { V3Deps } from '../deps.ts';
import { notFound } from '../problem.ts';
import type { Ask } from '../route.ts';

/** @throws Problem where the account has no such PBX */
export async function pbxOf(ask: Ask, { directory }: V3Deps): Promise<PbxRecord> {
  const pbx = await directory.pbxOf(ask.principal.tenantId, ask.param('id'));
  if (pbx === undefined) throw notFound('PBX');
  return pbx;
}
