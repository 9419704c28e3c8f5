import type { Directory } from '../directory/directory.ts';
import type { Logger } from '../kit/logger.ts';
import type { InboundHub } from '../pbx/inbound-hub.ts';
import type { SessionPool } from '../pbx/session-pool.ts';
import { pbxToUse } from './pbx-to-use.ts';

interface InboundDeps {
  readonly directory: Directory;
  readonly inbound: InboundHub;
  readonly sessions: SessionPool;
  readonly log: Logger;
}

/** A PBX has connected to us. Calls that were made before a restart may still be going on there: they are heard from now on. */
export async function listenTo({ directory, sessions, log }: InboundDeps, pbxId: string): Promise<void> {
  try {
    const pbx = await directory.pbxById(pbxId);
    if (pbx !== undefined) sessions.open(pbxToUse(directory, pbx));
  } catch (error) {
    log.warn({ err: error, pbx: pbxId }, 'A PBX connected to us that can not be listened to.');
  }
}

/** A PBX that was removed, by any process, is connected no longer. */
export async function dropRemoved({ directory, inbound, log }: InboundDeps): Promise<void> {
  try {
    for (const pbxId of inbound.connected()) {
      if ((await directory.pbxById(pbxId)) === undefined) inbound.drop(pbxId);
    }
  } catch (error) {
    log.debug({ err: error }, 'Could not look for removed PBXs.');
  }
}
