import type { Clock } from '../../../kit/clock.ts';
import { findNumber, type Behaviour } from '../numbers.ts';
import type { Timers } from '../timers.ts';

/** An order that the PBX has taken. */
export interface Order {
  readonly first: string;
  readonly second: string;
  /** The digits really dialled, prefix included. */
  readonly dialedSecond: string;
  /** The extension dialled as. */
  readonly dialAs: string;
  readonly accountId: string;
  readonly callerIdName: string;
  readonly timeout: number;
  /** Undefined where the order gave none. */
  readonly timeoutSecond: number | undefined;
  readonly autoAnswer: boolean;
  readonly ignoresCallRules: boolean;
  readonly variables: Readonly<Record<string, string>>;
}

/** What the sandbox itself saw of a call: a witness that did not hear it from the service under test. */
export interface SwitchvoxCall extends Order {
  /** As in `currentCalls.getList`. */
  readonly id: string;
  readonly startedMicros: number;
  readonly state: 'queued' | 'ringing_first' | 'ringing_second' | 'talking' | 'ended';
  /** How often each phone began to ring. */
  readonly rang: { readonly first: number; readonly second: number };
}

export interface LiveCall {
  readonly seen: Writable<SwitchvoxCall>;
  /** The first phone rings, or never will. */
  readonly rings: Promise<void>;
  /** The first leg was answered, or never will be. */
  readonly decided: Promise<void>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const REMEMBERED = 1_000;
/** The PBX's own time for a second leg that was given none. */
const SECOND_SECONDS = 30;

/** The calls of one sandbox: those in progress, and the last thousand that were. */
export class SwitchvoxCalls {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #enders = new Map<string, () => void>();
  #seen: Writable<SwitchvoxCall>[] = [];
  #count = 0;

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  begin(order: Order): LiveCall {
    const id = `SIP/${order.first}-${(++this.#count).toString(16).padStart(8, '0')}`;
    const startedMicros = this.#clock.nowMicros();
    const seen: Writable<SwitchvoxCall> = {
      ...order,
      id,
      startedMicros,
      state: 'queued',
      rang: { first: 0, second: 0 },
    };
    this.#seen = [...this.#seen, seen].slice(-REMEMBERED);
    const rings = Promise.withResolvers<void>();
    const decided = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<'ended'>();
    this.#enders.set(id, () => ended.resolve('ended'));
    void this.#play(seen, { rings: rings.resolve, decided: decided.resolve, ended: ended.promise }).finally(
      () => {
        seen.state = 'ended';
        this.#enders.delete(id);
        rings.resolve();
        decided.resolve();
      },
    );
    return { seen, rings: rings.promise, decided: decided.promise };
  }

  /** False: no such call is in progress. */
  hangUp(id: string): boolean {
    const end = this.#enders.get(id);
    end?.();
    return end !== undefined;
  }

  hangUpAll(): void {
    for (const end of this.#enders.values()) end();
  }

  list(): SwitchvoxCall[] {
    return structuredClone(this.#seen);
  }

  get current(): readonly SwitchvoxCall[] {
    return this.#seen.filter(({ state }) => state !== 'ended');
  }

  /** Whole seconds that a call has lasted: by the clock, whatever the sandbox's pace. */
  secondsOf({ startedMicros }: SwitchvoxCall): number {
    return Math.floor((this.#clock.nowMicros() - startedMicros) / 1_000_000);
  }

  isOlder({ startedMicros }: SwitchvoxCall, ms: number): boolean {
    return this.#clock.nowMicros() - startedMicros >= ms * 1000;
  }

  async #play(
    seen: Writable<SwitchvoxCall>,
    tell: { rings: () => void; decided: () => void; ended: Promise<'ended'> },
  ): Promise<void> {
    const first = findNumber(seen.first)?.phone;
    const second = findNumber(seen.second)?.phone;
    if (first === undefined || first.does === 'absent') return;
    seen.state = 'ringing_first';
    seen.rang = { ...seen.rang, first: seen.rang.first + 1 };
    tell.rings();
    const isAnswered = await this.#ring(seen.autoAnswer ? pickedUp(first) : first, seen.timeout, tell.ended);
    tell.decided();
    if (!isAnswered || second === undefined || second.does === 'absent') return;
    if (first.does === 'answers' && first.leavesMs !== undefined)
      this.#timers.after(first.leavesMs, () => this.hangUp(seen.id));
    seen.state = 'ringing_second';
    seen.rang = { ...seen.rang, second: seen.rang.second + 1 };
    if (!(await this.#ring(second, seen.timeoutSecond ?? SECOND_SECONDS, tell.ended))) return;
    seen.state = 'talking';
    await Promise.race([this.#wait(Math.min(talkOf(first), talkOf(second))), tell.ended]);
  }

  /** True: answered. False: it failed, nobody answered in time, or the call was ended. */
  async #ring(phone: Behaviour, seconds: number, ended: Promise<'ended'>): Promise<boolean> {
    const limitMs = seconds * 1000;
    const willMs = phone.does === 'answers' || phone.does === 'fails' ? phone.afterMs : Infinity;
    const result = await Promise.race([this.#wait(Math.min(willMs, limitMs)), ended]);
    return result !== 'ended' && phone.does === 'answers' && willMs <= limitMs;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timers.after(ms, resolve);
    });
  }
}

function pickedUp(phone: Behaviour): Behaviour {
  return phone.does === 'answers' ? { ...phone, afterMs: 0 } : phone;
}

function talkOf(phone: Behaviour): number {
  return phone.does === 'answers' ? Math.min(phone.talksMs, phone.leavesMs ?? Infinity) : 0;
}
