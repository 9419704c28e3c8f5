import type { PbxFacts } from '../calls/plan-call.ts';
import type { Directory } from '../directory/directory.ts';
import type { PbxRecord } from '../directory/ports.ts';

/** What planning must know of a stored PBX. */
export function pbxFacts(directory: Directory, pbx: PbxRecord): PbxFacts {
  const { kind } = directory.driverOf(pbx).manifest;
  return { id: pbx.id, name: pbx.name, kind, namesAllowed: pbx.settings['named_extensions'] === true };
}
