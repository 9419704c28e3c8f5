import { display, type SandboxCall } from '../ami/live-call.ts';
import type { Noted } from '../seen-call.ts';
import type { AriChannel } from './channel.ts';

/** How many calls are remembered, and requests. */
const KEPT_MAX = 1_000;
const ALIVE = new Set<SandboxCall['state']>(['queued', 'ringing_first', 'ringing_second', 'connected']);

/** What the sandbox itself saw of each call: a witness that did not hear it from the service under test. */
export class Witness {
  readonly requests: string[] = [];
  readonly #seen: Noted<SandboxCall>[] = [];

  /** A copy, oldest first. */
  list(): SandboxCall[] {
    return this.#seen.map((seen) => structuredClone(seen));
  }

  asked(method: string, path: readonly string[]): void {
    this.requests.push(`${method} ${path.join('/')}`);
    if (this.requests.length > KEPT_MAX) this.requests.shift();
  }

  began(channel: AriChannel): void {
    this.#seen.push({
      channelId: channel.id,
      first: channel.target.number,
      second: '',
      callerId: '',
      connectedLine: display(channel.connected),
      account: channel.account,
      context: channel.target.context,
      variables: Object.fromEntries(channel.variables),
      state: 'queued',
      cause: undefined,
      rang: { first: 0, second: 0 },
    });
    if (this.#seen.length > KEPT_MAX) this.#seen.shift();
  }

  rang(channel: AriChannel, originator: string | undefined): void {
    const seen = this.#find(originator ?? channel.id);
    if (seen === undefined) return;
    if (originator === undefined) {
      seen.state = 'ringing_first';
      seen.rang.first++;
      return;
    }
    Object.assign(seen, {
      state: 'ringing_second',
      second: channel.target.number,
      context: channel.target.context,
      callerId: display(channel.connected),
    });
    seen.rang.second++;
  }

  connected(channelIds: readonly string[]): void {
    for (const id of channelIds) {
      const seen = this.#find(id);
      if (seen !== undefined) seen.state = 'connected';
    }
  }

  ended(channelId: string, cause: number): void {
    const seen = this.#find(channelId);
    if (seen !== undefined) Object.assign(seen, { state: 'ended', cause });
  }

  #find(channelId: string): Noted<SandboxCall> | undefined {
    return this.#seen.findLast((seen) => seen.channelId === channelId && ALIVE.has(seen.state));
  }
}
