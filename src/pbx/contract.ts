import type { WebSocket } from 'ws';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { CallPlan, PbxKind } from '../calls/call.ts';
import type { PhoneState } from '../calls/cause.ts';
import type { PbxFact } from '../calls/fact.ts';
import type { AddressGuard } from '../kit/address-guard.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';

/** One setting of a PBX, as its administrator fills it in. Form, validation, masking and guide come from it. */
export interface SettingSpec {
  readonly name: string;
  /** What to ask for, in a few words. */
  readonly label: string;
  /** What it does, and what to put in. One or two sentences. */
  readonly help: string;
  readonly type: 'text' | 'integer' | 'number' | 'boolean' | 'choice';
  readonly required?: boolean;
  /** Sealed at rest, shown nowhere. */
  readonly secret?: boolean;
  readonly default?: string | number | boolean;
  readonly choices?: readonly string[];
  /** Whole values only; anchored by the reader. */
  readonly pattern?: string;
  readonly min?: number;
  /** Of a text: its length, 1024 unless given. */
  readonly max?: number;
}

/** What this kind of PBX can tell and do. What it can't is said in the answer, never dropped in silence. */
export interface Capabilities {
  /** The second leg runs with the rights and identity of another extension. */
  readonly dialsAs: boolean;
  /** A second number that can't be dialled is refused before anybody's phone rings. */
  readonly checksSecond: boolean;
  /** The second leg's ringing has an end that the PBX itself keeps. */
  readonly secondLegTimeout: boolean;
  /** The PBX tells when a call has ended. */
  readonly reportsEnd: boolean;
  /** It tells how each leg fares: asked, ringing, answered, ended. */
  readonly reportsLegs: boolean;
  /** It tells why a leg ended. */
  readonly reportsCause: boolean;
  /** It tells which side hung up. */
  readonly reportsWhoHungUp: boolean;
  /** A call can be ended by us, in any state. */
  readonly hangsUp: boolean;
  /** A channel can be asked for by the id that we chose. */
  readonly looksUp: boolean;
}

/** What the PBX with these settings can. */
export function capabilitiesOf(manifest: DriverManifest, settings: Settings): Capabilities {
  return manifest.capabilitiesFor?.(settings) ?? manifest.capabilities;
}

/** The settings of one PBX. `problems`: why they could not be told, one sentence each; `settings` are those that always are. */
export interface SettingsFor {
  readonly settings: readonly SettingSpec[];
  readonly problems: readonly string[];
}

/** A driver's description of itself. */
export interface DriverManifest {
  /** As in `pbx add --driver`. */
  readonly id: string;
  readonly kind: PbxKind;
  readonly label: string;
  readonly settings: readonly SettingSpec[];
  /** Values that a choice of one setting brings along, e.g. `{ preset: { freepbx: { context: 'from-internal' } } }`. */
  readonly presets?: Readonly<Record<string, Readonly<Record<string, Settings>>>>;
  /** Where what was given decides which settings there are: all of them then. Absent: `settings` always. */
  readonly settingsFor?: (given: Settings) => SettingsFor;
  /** What nobody may give where accounts are made by anybody: a sentence for each. Absent: there is no such thing. */
  readonly notForStrangers?: (given: Settings) => readonly string[];
  /** What every PBX of this kind can; where a setting decides, no more than the least of them. */
  readonly capabilities: Capabilities;
  /** What the PBX with these settings can. Absent: `capabilities` always. */
  readonly capabilitiesFor?: (settings: Settings) => Capabilities;
  /** Markdown, from zero to the first call, for the PBX's administrator. */
  readonly guide: string;
  /** Further guides, one a ready-made choice, by its name. */
  readonly guides?: Readonly<Record<string, string>>;
}

export type SettingValue = string | number | boolean;
/** Validated against the manifest, defaults and presets filled in. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** One message between us and the PBX, secrets masked, otherwise as it went over the wire. */
export interface Frame {
  readonly direction: 'sent' | 'received';
  readonly atMicros: number;
  readonly raw: string;
  /** The same, as the protocol's own fields. Left out where `raw` is `Name: value` lines or JSON, which are read when asked for. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Everything said about one call, in order. */
export type PbxExchange = readonly Frame[];

/**
 * How far a failed originate got. The phase decides whether a second ring is possible:
 * - `before_send`: nothing was sent; it may be tried again.
 * - `refused`: the PBX said no.
 * - `in_doubt`: it was sent and no answer came; it may ring, and is never tried again.
 */
export type FailurePhase = 'before_send' | 'refused' | 'in_doubt';

/** Why an originate failed. `said` is the PBX's (or the network's) own text, unaltered; `remedy` is ours. */
export class PbxError extends Error {
  override readonly name = 'PbxError';
  readonly phase: FailurePhase;
  /** A word of the error catalogue. */
  readonly code: ErrorCode;
  readonly said: string;
  readonly remedy: string;
  readonly exchange: PbxExchange;

  constructor(fault: {
    phase: FailurePhase;
    code: ErrorCode;
    said: string;
    remedy: string;
    exchange?: PbxExchange;
    cause?: unknown;
  }) {
    super(fault.said, { cause: fault.cause });
    this.phase = fault.phase;
    this.code = fault.code;
    this.said = fault.said;
    this.remedy = fault.remedy;
    this.exchange = fault.exchange ?? [];
  }
}

/** What the PBX tells of one call, of its own accord. The facts of one call come in the order in which they happened. */
export interface CallEvent {
  readonly type: 'call';
  /** The id that we chose for the call's first channel. */
  readonly channelId: string;
  /** When it reached us. */
  readonly atMicros: number;
  readonly fact: PbxFact;
  /** The message that told it, as it came: one message may tell several facts, and stands with the first of them. */
  readonly frame?: Frame;
}

export type PbxEvent =
  | CallEvent
  /** The link to the PBX is back: what happened in between was not seen. */
  | { readonly type: 'resumed'; readonly atMicros: number };

/** Whether it is the last that is told of that channel's call: nothing is left of it, or it can be followed no longer. */
export function isEndOf(event: PbxEvent, channelId: string): boolean {
  if (event.type !== 'call' || event.channelId !== channelId) return false;
  return event.fact.type === 'ended' || event.fact.type === 'untold';
}

/**
 * Reads what a PBX says into facts of our calls: the one reader of a driver, for its live sessions and for journals that
 * are replayed. It keeps what it must know to tell the sides of a call apart, for as long as that call lives and bounded. No
 * I/O and no clock.
 */
export interface EventReader {
  /** @param raw one whole message, as a `Frame` has it. What is no event of a call of ours gives nothing. */
  read(raw: string, atMicros: number): readonly CallEvent[];
}

/** What the PBX would make of a call that is not made. What it can't tell is left out. */
export interface Explanation {
  /** Whose rights and identity the second leg uses, and what they are on this PBX: a dialplan context. */
  readonly dialAs?: string;
  readonly rights?: string;
  /** What the phones would show: as the caller, or on the first phone as whom it is called for. */
  readonly firstShows?: string;
  readonly secondShows?: string;
  readonly firstPhone?: PhoneState;
  /** Whether the second number can be dialled with these rights. */
  readonly secondExists?: boolean;
  /** The order as it would be sent, secrets masked. */
  readonly order: string;
  /** What was asked of the PBX to find this out. */
  readonly exchange: PbxExchange;
}

export type ChannelState = 'alive' | 'gone' | 'unknown';

/** One step of the doctor. `remedy` stands beside everything that is not `ok`. */
export interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'error';
  readonly says: string;
  readonly remedy?: string;
}

export interface SessionDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** Which addresses a PBX may be at. Checked on what is really connected to. */
  readonly guard: AddressGuard;
  /** Called for each event; never throws into the driver. */
  readonly emit: (event: PbxEvent) => void;
  /** Of a driver whose PBX connects to us (`files`): what it has connected. Absent where none can: no server runs here. */
  readonly inbound?: InboundLinks;
}

/**
 * The WebSockets that one PBX has opened to us, past its own credential and the subprotocol `ari`. Several may be open
 * at once. Whoever keeps them drops what comes while nobody takes them.
 */
export interface InboundLinks {
  /**
   * @param take is called for each socket that is open now, oldest first, and then for each that comes.
   * @param supersede is called when somebody else listens: what the PBX tells is that one's from then on, and what is asked
   *   over the sockets is still answered to whoever asks.
   * @returns what ends it; sockets stay open.
   */
  listen(take: (socket: WebSocket) => void, supersede: () => void): () => void;
}

/** Where a PBX that connects to us finds us, and as whom: one credential a PBX. */
export interface InboundDoor {
  /** `wss://click2call.example.net/pbx/ari` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface PbxDriver {
  readonly manifest: DriverManifest;
  /** Makes a session without connecting: the first use does. Settings are valid for the manifest. */
  open(settings: Settings, deps: SessionDeps): PbxSession;
  /** Of a driver whose PBX tells of its calls. */
  reader?(settings: Settings): EventReader;
  /** Of a PBX that connects to us: the configuration files for its administrator to paste, by their names. */
  files?(settings: Settings, door: InboundDoor): Readonly<Record<string, string>>;
}

/** One live session with one PBX, shared by all its calls. */
export interface PbxSession {
  /**
   * Asks the PBX to make the call. Resolves when the PBX has accepted it.
   * @throws PbxError with its phase; no other error.
   */
  originate(plan: CallPlan): Promise<PbxExchange>;
  /**
   * Whether a channel of that id lives on the PBX now; `unknown` where this kind of PBX can't tell (`looksUp`).
   * @throws PbxError where the PBX can't be asked.
   */
  lookUp(channelId: string): Promise<ChannelState>;
  /**
   * Ends the call of that channel, whatever it is at; both its legs. A call that is not there any more is no fault. Absent:
   * this kind of PBX can't (`hangsUp`).
   * @throws PbxError where the PBX can't be asked, or says no
   */
  hangUp?(channelId: string): Promise<PbxExchange>;
  /**
   * Finds out what the PBX would make of a call, and rings nobody. Absent: this kind of PBX can't be asked.
   * @throws PbxError as `originate` does before it sends the order
   */
  explain?(plan: CallPlan): Promise<Explanation>;
  /** The doctor: one finding at a time, ending at the first that makes the rest pointless. Never throws. */
  examine(extension?: string): AsyncIterable<Finding>;
  /** Ends the link and everything that waits on it. Idempotent. */
  close(): Promise<void>;
}
