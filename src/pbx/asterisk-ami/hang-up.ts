import type { Frame } from '../contract.ts';
import type { AmiConnection } from './connection.ts';
import { UnsafeHeader } from './encoder.ts';
import * as faults from './faults.ts';

/** A channel's id. What begins with `/` would be an expression over all the PBX's channels, and end other people's calls. */
const CHANNEL_ID = /^[A-Za-z0-9][A-Za-z0-9._;-]*$/;
const NORMAL_CLEARING = '16';

/**
 * Hangs channels up. One that is not there any more is no fault.
 * @param exchange gets the frames
 * @returns whether any was there
 * @throws PbxError where the login may not
 * @throws UnsafeHeader, NoReply
 */
export async function hangUpChannels(
  connection: AmiConnection,
  ids: readonly string[],
  exchange: Frame[],
): Promise<boolean> {
  let wasThere = false;
  for (const id of ids) {
    if (!CHANNEL_ID.test(id)) throw new UnsafeHeader('Not the id of a channel.');
    const { message, ok, frames } = await connection.request('Hangup', [
      ['Channel', id],
      ['Cause', NORMAL_CLEARING],
    ]);
    exchange.push(...frames);
    if (!ok && !/^No such channel/i.test(message.get('Message') ?? ''))
      throw faults.actionDenied(message, exchange);
    wasThere ||= ok;
  }
  return wasThere;
}
