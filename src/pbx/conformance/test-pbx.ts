import { channelIdOf, type CallPlan } from '../../calls/call.ts';
import { newId } from '../../kit/ids.ts';
import type { InboundLinks } from '../contract.ts';

/** What goes wrong at the PBX. Each harness brings it about on the wire, unknown to the driver. */
export type Trouble =
  | 'none'
  /** The answer is right, and comes in an awkward way. */
  | 'events_before_reply'
  | 'split_bytes'
  | 'slow_login'
  | 'flood'
  /** The order arrives; its answer is cut off, never comes, or never ends. */
  | 'cut_mid_answer'
  | 'never_answers'
  | 'huge_answer'
  /** Nobody listens at its address; a PBX that connects to us does not. */
  | 'not_there'
  /** The secret is not the one that was agreed on: in our settings, or in the PBX that connects to us. */
  | 'wrong_secret'
  /** TLS with another certificate than the one that is trusted: by us, or by the PBX that connects to us. */
  | 'other_certificate';

/** Two numbers to connect. */
export type Pair = readonly [first: string, second: string];

/** What becomes of a call, each on the side that its name says; the other side answers and stays. */
export type Fate =
  | 'busyFirst'
  | 'busySecond'
  | 'declinedFirst'
  | 'declinedSecond'
  /** Rings until the plan's timeout. */
  | 'silentFirst'
  | 'silentSecond'
  /** No phone is registered. */
  | 'absentFirst'
  | 'absentSecond'
  | 'congestedFirst'
  | 'congestedSecond'
  /** Both talk, until this side hangs up. */
  | 'firstHangsUp'
  | 'secondHangsUp'
  /** The first side hangs up while the second rings. */
  | 'firstGivesUp'
  /** Both talk, until we end it. */
  | 'talking';

/**
 * A PBX to speak to: a real one, or a simulator that speaks the real wire protocol. One that connects to us is connected
 * when it is handed over, unless its trouble is that it can't.
 */
export interface TestPbx {
  /** As an administrator would type them; the secret ones hold `secret`. */
  readonly settings: Readonly<Record<string, string>>;
  /** The secret that is used, be it the right one or not: it must be written nowhere. */
  readonly secret: string;
  /** Of a PBX that connects to us: what it has connected. */
  readonly inbound?: InboundLinks;
  /** Pairs of numbers that end in a known way. `good` may be another pair each time that it is read. */
  readonly numbers: Readonly<Record<'good' | 'refused' | 'denied' | 'inDoubt' | 'garbage', Pair>>;
  /** Of a driver that tells of its calls: pairs by what becomes of them. */
  readonly fates?: Readonly<Record<Fate, Pair>>;
  /** The extension that exists, one that does not, and one that may dial `outside`, which the first may not. */
  readonly extensions: {
    readonly known: string;
    readonly unknown: string;
    readonly privileged: string;
    readonly outside: string;
  };
  /** It is asked for its calls now and then: there is no link whose loss could hide anything of them. */
  readonly isPolled?: true;
  /** It names its calls itself, so whoever did not order a call can not end it. */
  readonly namesCallsItself?: true;
  /** Of a PBX that tells no ends: whether every call between the two is over. */
  hasEnded?(pair: Pair): Promise<boolean>;
  /** It says nothing of an extension but by refusing an order. */
  readonly seesExtensionsInOrdersAlone?: true;
  /**
   * How often the first phone of that call was made to ring: the PBX's own word. It knows the call by the channel id, or
   * by a second number of its own where no order carries the id.
   */
  rang(channelId: string, second: string): Promise<number>;
  /** Ends all calls, so that their ends are heard. */
  endCalls(): Promise<void>;
  /** Breaks every link now; the PBX itself goes on. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

export type StartPbx = (trouble: Trouble) => Promise<TestPbx>;

/** A call between two numbers, with ids of its own. */
export function planFor([first, second]: Pair): CallPlan {
  const callId = newId();
  return { callId, channelId: channelIdOf(callId), first, second, dialAs: undefined, timeoutSeconds: 30 };
}
