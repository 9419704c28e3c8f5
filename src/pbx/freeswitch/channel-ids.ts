import { channelIdOf } from '../../calls/call.ts';

const STANDING_IN_MAX = 10_000;

/** The UUID of a first leg: a FreeSWITCH knows its channels by UUIDs, so ours is the call's own. */
export function uuidOf(channelId: string): string {
  return channelId.replace(/^c2c-/, '');
}

/** The way back. */
export function channelIdOfUuid(uuid: string): string {
  return channelIdOf(uuid);
}

/**
 * Which channel stands for which call. Where an extension has several phones, all ring; the id that we chose is that of
 * one of them, and if another answers, the job's result names the other's (`+OK <uuid>`).
 */
export class ChannelIds {
  readonly #carriers = new Map<string, string>();
  readonly #calls = new Map<string, string>();

  /** The channel that really carries the call `uuid`. */
  carrierOf(uuid: string): string {
    return this.#carriers.get(uuid) ?? uuid;
  }

  standIn(uuid: string, carrier: string): void {
    this.#carriers.set(uuid, carrier);
    this.#calls.set(carrier, uuid);
    const oldest = this.#calls.keys().next().value;
    if (this.#calls.size > STANDING_IN_MAX && oldest !== undefined) this.ended(oldest);
  }

  /** The call that ended with this channel. */
  ended(carrier: string): string {
    const uuid = this.#calls.get(carrier) ?? carrier;
    this.#calls.delete(carrier);
    this.#carriers.delete(uuid);
    return uuid;
  }
}
