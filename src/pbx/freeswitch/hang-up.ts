import type { Frame } from '../contract.ts';
import type { EslConnection } from './connection.ts';
import * as faults from './faults.ts';

/**
 * Kills channels, the first side's before the second's. One that is not there any more is no fault.
 * @param exchange gets the frames
 * @returns whether any was there
 * @throws PbxError where the login may not
 * @throws NoReply
 */
export async function killChannels(
  connection: EslConnection,
  uuids: readonly string[],
  exchange: Frame[],
): Promise<boolean> {
  let wasThere = false;
  for (const uuid of uuids) {
    const { text, ok, frames } = await connection.api('uuid_kill', uuid, 'NORMAL_CLEARING');
    exchange.push(...frames);
    if (!ok && !/No such channel/i.test(text)) throw faults.hangUpDenied(text, exchange);
    wasThere ||= ok;
  }
  return wasThere;
}
