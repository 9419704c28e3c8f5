import { channelIdOf } from '../../calls/call.ts';

/** The UUID of a first leg: a FreeSWITCH knows its channels by UUIDs, so ours is the call's own. */
export function uuidOf(channelId: string): string {
  return channelId.replace(/^c2c-/, '');
}

/** The way back. */
export function channelIdOfUuid(uuid: string): string {
  return channelIdOf(uuid);
}
