import type { CallPlan } from '../../calls/call.ts';
import type { PbxFact } from '../../calls/fact.ts';
import { PbxError, type Frame, type SessionDeps } from '../contract.ts';
import { plainNumber, type CurrentCall } from './current-calls.ts';
import { matchCalls, type Sighting, type Wanted } from './match-calls.ts';

interface Watched extends Wanted {
  readonly first: Set<string>;
  readonly second: Set<string>;
  row?: CurrentCall;
  /** The box has answered the order: from here on it should show the call. */
  isOrdered: boolean;
  isConnected: boolean;
  /** Was to be ended before it was seen. */
  isDoomed: boolean;
  /** How often it was looked for and was not there, before it was seen. */
  misses: number;
}

/** A call that is not shown in so many looks is over already, or is shown in a way that we do not know. */
const MISSES_MAX = 5;
const OVER_MAX = 2_000;

/**
 * Watches calls in progress: a Switchvox tells nothing by itself, so all are looked for together every few seconds, while
 * there are any. One that can not be told from another is watched no more.
 */
export class CallWatcher {
  readonly #deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>;
  readonly #everyMs: number;
  readonly #list: () => Promise<readonly CurrentCall[]>;
  readonly #end: (call: CurrentCall) => Promise<void>;
  readonly #calls = new Map<string, Watched>();
  readonly #over = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #failure: PbxError | undefined;
  #isStopped = false;

  /** @param box `list`: all its calls; both reject with a PbxError */
  constructor(
    box: {
      readonly list: () => Promise<readonly CurrentCall[]>;
      readonly end: (call: CurrentCall) => Promise<void>;
    },
    everyMs: number,
    deps: Pick<SessionDeps, 'clock' | 'log' | 'emit'>,
  ) {
    this.#deps = deps;
    this.#everyMs = everyMs;
    this.#list = box.list;
    this.#end = box.end;
  }

  /** Watches a call from just before its order is sent. */
  watch({ channelId, first, second }: CallPlan): void {
    this.#calls.set(channelId, {
      channelId,
      first: new Set([plainNumber(first)]),
      second: new Set([plainNumber(second)]),
      orderedMs: this.#deps.clock.monotonicMs(),
      isOrdered: false,
      isConnected: false,
      isDoomed: false,
      misses: 0,
    });
    this.#lookLater();
  }

  /** The order was answered, or never will be. @param dialled the numbers as the box says that it dialled them */
  ordered(channelId: string, dialled: { readonly first?: string; readonly second?: string } = {}): void {
    const call = this.#calls.get(channelId);
    if (call === undefined) return;
    call.isOrdered = true;
    if (dialled.first !== undefined) call.first.add(plainNumber(dialled.first));
    if (dialled.second !== undefined) call.second.add(plainNumber(dialled.second));
  }

  /** There is no such call: its order was refused. */
  forget(channelId: string): void {
    this.#calls.delete(channelId);
  }

  /** `over`: its end was told. Undefined: it is not watched. */
  stateOf(channelId: string): 'watched' | 'over' | undefined {
    if (this.#calls.has(channelId)) return 'watched';
    return this.#over.has(channelId) ? 'over' : undefined;
  }

  /** Why the last look failed; undefined: it did not. */
  get failure(): PbxError | undefined {
    return this.#failure;
  }

  /**
   * Looks now.
   * @returns what is seen of the call
   * @throws PbxError where the box can't be asked
   */
  async lookFor(channelId: string): Promise<Sighting> {
    // A look that is under way may have been answered before the call was there.
    await this.#looking?.catch(() => undefined);
    await this.#look();
    const call = this.#calls.get(channelId);
    if (call === undefined) return this.#over.has(channelId) ? 'absent' : 'not_told_apart';
    return call.row ?? 'absent';
  }

  /** Ends a call that is watched and was not seen yet, as soon as it is. */
  doom(channelId: string): void {
    const call = this.#calls.get(channelId);
    if (call !== undefined) call.isDoomed = true;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#calls.clear();
  }

  #lookLater(): void {
    if (this.#timer !== undefined || this.#isStopped || this.#calls.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#look()
        .catch((error: unknown) =>
          this.#deps.log.debug({ err: error }, 'Could not look for calls in progress.'),
        )
        .finally(() => this.#lookLater());
    }, this.#everyMs).unref();
  }

  #look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const { clock, emit } = this.#deps;
    // What is watched only afterwards can not be missed by this answer.
    const wanted = [...this.#calls.values()];
    try {
      const rows = await this.#list();
      if (this.#failure !== undefined) emit({ type: 'resumed', atMicros: clock.nowMicros() });
      this.#failure = undefined;
      const seen = matchCalls(wanted, rows, clock.monotonicMs());
      for (const call of wanted) this.#see(call, seen.get(call.channelId) ?? 'absent');
    } catch (error) {
      if (error instanceof PbxError) this.#failure = error;
      throw error;
    }
  }

  #see(call: Watched, sighting: Sighting): void {
    if (!this.#calls.has(call.channelId)) return;
    if (sighting === 'not_told_apart') return this.#untold(call, 'not_told_apart');
    if (sighting !== 'absent') {
      call.row = sighting;
      if (call.isDoomed) this.#endDoomed(call, sighting);
      if (sighting.state !== 'talking' || call.isConnected) return;
      call.isConnected = true;
      return this.#tell(call, { type: 'connected' }, this.#frameOf(sighting));
    }
    if (call.row !== undefined) {
      this.#calls.delete(call.channelId);
      this.#over.add(call.channelId);
      const [oldest] = this.#over;
      if (this.#over.size > OVER_MAX && oldest !== undefined) this.#over.delete(oldest);
      return this.#tell(call, { type: 'ended' });
    }
    if (call.isOrdered && ++call.misses >= MISSES_MAX) this.#untold(call, 'cannot_tell');
  }

  #endDoomed(call: Watched, row: CurrentCall): void {
    call.isDoomed = false;
    this.#end(row).catch((error: unknown) => {
      const { channelId } = call;
      this.#deps.log.warn(
        { err: error, channelId },
        'A call that was to end before it was seen could not be ended.',
      );
    });
  }

  #untold(call: Watched, why: 'not_told_apart' | 'cannot_tell'): void {
    this.#calls.delete(call.channelId);
    this.#tell(call, { type: 'untold', why });
  }

  #tell({ channelId }: Watched, fact: PbxFact, frame?: Frame): void {
    const atMicros = this.#deps.clock.nowMicros();
    this.#deps.emit({ type: 'call', channelId, atMicros, fact, ...(frame === undefined ? {} : { frame }) });
  }

  /** Of the whole list, which holds everybody's calls, our own row. */
  #frameOf({ node }: CurrentCall): Frame {
    const data = { current_call: node };
    return {
      direction: 'received',
      atMicros: this.#deps.clock.nowMicros(),
      raw: JSON.stringify(data),
      data,
    };
  }
}
