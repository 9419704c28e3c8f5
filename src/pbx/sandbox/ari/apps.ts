import type { Clock } from '../../../kit/clock.ts';
import { ariTime } from './channel.ts';

/** Whoever listens to an application. */
export interface Listener {
  send(text: string): void;
  /** Breaks its link now. */
  cut(): void;
}

interface App {
  listener: Listener | undefined;
  /** Types of events that are told; undefined: all. */
  allowed: ReadonlySet<string> | undefined;
  /** Channels that it asked to hear of beside its own. */
  readonly subscribed: Set<string>;
}

/** The Stasis applications: each has one listener, the one who came last. */
export class Apps {
  readonly #clock: Clock;
  readonly #apps = new Map<string, App>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  register(name: string, listener: Listener): void {
    const known = this.#apps.get(name);
    if (known?.listener !== undefined) this.tell(name, 'ApplicationReplaced', {});
    this.#apps.set(name, { listener, allowed: known?.allowed, subscribed: known?.subscribed ?? new Set() });
  }

  /** The name stays, for channels that are in it; nobody hears of them. */
  leave(listener: Listener): void {
    for (const app of this.#apps.values()) if (app.listener === listener) app.listener = undefined;
  }

  cut(name: string): void {
    this.#apps.get(name)?.listener?.cut();
  }

  has(name: string): boolean {
    return this.#apps.has(name);
  }

  isHeard(name: string): boolean {
    return this.#apps.get(name)?.listener !== undefined;
  }

  subscribe(name: string, channelId: string): void {
    this.#apps.get(name)?.subscribed.add(channelId);
  }

  /** Of a channel that is gone nobody hears any more. */
  unsubscribe(channelId: string): void {
    for (const { subscribed } of this.#apps.values()) subscribed.delete(channelId);
  }

  isSubscribed(name: string, channelId: string): boolean {
    return this.#apps.get(name)?.subscribed.has(channelId) === true;
  }

  filter(name: string, allowed: readonly string[]): void {
    const app = this.#apps.get(name);
    if (app !== undefined) app.allowed = new Set(allowed);
  }

  /** Whether messages of that type pass the application's filter. */
  allows(name: string, type: string): boolean {
    return this.#apps.get(name)?.allowed?.has(type) !== false;
  }

  tell(name: string, type: string, fields: Readonly<Record<string, unknown>>): void {
    const listener = this.#apps.get(name)?.listener;
    if (listener !== undefined && this.allows(name, type)) listener.send(this.message(name, type, fields));
  }

  tellEverybody(type: string, fields: Readonly<Record<string, unknown>>): void {
    for (const name of this.#apps.keys()) this.tell(name, type, fields);
  }

  /** A message of an application as it goes over the wire. */
  message(application: string, type: string, fields: Readonly<Record<string, unknown>>): string {
    const timestamp = ariTime(this.#clock.nowMicros());
    return JSON.stringify({ type, timestamp, ...fields, asterisk_id: '02:00:00:00:00:01', application });
  }
}
