import type { Clock } from '../../../kit/clock.ts';
import { Interruptible } from '../interruptible.ts';
import { findNumber, type Behaviour } from '../numbers.ts';
import type { Timers } from '../timers.ts';
import type { Calls, HttpCallState, HttpOrder } from './vendor.ts';

/** A call that the sandbox was ordered to make, and the witness of it. */
export interface HttpSandboxCall extends HttpOrder, Omit<HttpCallState, 'order'> {
  readonly atMicros: number;
}

const KEPT = 1_000;
/** An API's own time for a leg that was given none, in seconds. */
const RING_SECONDS = 30;
const NO_ANSWER = 0;

class PlayedCall extends Interruptible<'hangup'> implements HttpCallState {
  readonly id: string;
  readonly order: HttpOrder;
  readonly atMicros: number;
  state: HttpCallState['state'] = 'queued';
  sip = 0;
  isAnswered = false;

  constructor(id: string, order: HttpOrder, atMicros: number, timers: Timers) {
    super(timers);
    this.id = id;
    this.order = order;
    this.atMicros = atMicros;
  }
}

/** The calls of one sandbox: those in progress, and the last thousand that were. */
export class HttpCalls implements Calls {
  readonly #clock: Clock;
  readonly #timers: Timers;
  #all: PlayedCall[] = [];
  #made = 0;

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** @returns the PBX's own id of the call */
  begin(order: HttpOrder): string {
    const call = new PlayedCall(`call-${++this.#made}`, order, this.#clock.nowMicros(), this.#timers);
    this.#all = [...this.#all, call].slice(-KEPT);
    void play(call, this.#timers).finally(() => (call.state = 'ended'));
    return call.id;
  }

  find(id: string): HttpCallState | undefined {
    return this.#all.find((call) => call.id === id);
  }

  hangUp(which: { readonly id: string } | { readonly first: string }): boolean {
    const call = this.#all.findLast(
      ({ id, order, state }) =>
        state !== 'ended' && ('id' in which ? id === which.id : order.first === which.first),
    );
    call?.hangUp('hangup');
    return call !== undefined;
  }

  hangUpAll(): void {
    for (const call of this.#all) call.hangUp('hangup');
  }

  /** Oldest first. A copy. */
  list(): HttpSandboxCall[] {
    return this.#all.map(({ id, order, atMicros, state, sip, isAnswered }) => ({
      ...order,
      id,
      atMicros,
      state,
      sip,
      isAnswered,
    }));
  }
}

async function play(call: PlayedCall, timers: Timers): Promise<void> {
  const { first, second, timeout } = call.order;
  const one = findNumber(first)?.phone;
  const other = findNumber(second)?.phone;
  call.state = 'ringing_first';
  const sip = await ring(call, one, Number(timeout) || RING_SECONDS);
  if (sip !== undefined) {
    call.sip = sip;
    return;
  }
  call.isAnswered = true;
  if (one?.does === 'answers' && one.leavesMs !== undefined)
    timers.after(one.leavesMs, () => call.hangUp('hangup'));
  call.state = 'ringing_second';
  if ((await ring(call, other, RING_SECONDS)) !== undefined) return;
  call.state = 'connected';
  await call.wait(Math.min(talkOf(one), talkOf(other)));
}

/** Undefined: it was picked up. Else the SIP status that it ended with. */
async function ring(
  call: PlayedCall,
  phone: Behaviour | undefined,
  seconds: number,
): Promise<number | undefined> {
  if (phone === undefined) return 404;
  if (phone.does === 'absent') return 480;
  const limitMs = seconds * 1000;
  const willMs = phone.does === 'rings' ? Infinity : phone.afterMs;
  if (!(await call.wait(Math.min(willMs, limitMs))) || willMs > limitMs) return NO_ANSWER;
  return phone.does === 'fails' ? phone.sip : undefined;
}

function talkOf(phone: Behaviour | undefined): number {
  return phone?.does === 'answers' ? Math.min(phone.talksMs, phone.leavesMs ?? Infinity) : 0;
}
