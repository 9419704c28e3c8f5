import { SIDES } from '../../../../contract/call-words.ts';
import type { CallPlan } from '../../../calls/call.ts';
import { PbxError, type ChannelState, type Explanation, type Finding, type Frame } from '../../contract.ts';
import type { PbxExchange, PbxSession, SessionDeps } from '../../contract.ts';
import { NoAnswer } from '../../wire/http-client.ts';
import { inDoubt, linkLost } from '../../link-faults.ts';
import type { AsteriskSettings } from '../settings.ts';
import { shownParties } from '../shown-parties.ts';
import { secondOf } from './channel-ids.ts';
import type { AriReader } from './event-reader.ts';
import { hangUpInDoubt, requestRefused, orderRefused, statusText } from './faults.ts';
import { Inquiries } from './inquiries.ts';
import { originateAsk } from './order.ts';
import { fieldOf, isSuccess, wordsOf, type AriConnection, type RestAnswer } from './rest.ts';
import { whyNotAllocated } from './why-not-allocated.ts';

/** Where a session gets its connection from: it dials out, or the PBX does. */
export interface AriLink {
  /** @throws PbxError of the phase `before_send` */
  ready(): Promise<AriConnection>;
  close(): void;
}

/** One PBX over ARI, whichever way it is reached. */
export class AriSession implements PbxSession {
  readonly #settings: AsteriskSettings;
  readonly #link: AriLink;
  readonly #examine: (extension?: string) => AsyncIterable<Finding>;
  readonly #end: () => Promise<void>;
  readonly #inquiries: Inquiries;
  readonly #reader: AriReader;

  /** @param parts `end` frees what else the driver made. */
  constructor(
    settings: AsteriskSettings,
    deps: Pick<SessionDeps, 'clock'>,
    parts: {
      readonly link: AriLink;
      readonly reader: AriReader;
      readonly examine: (extension?: string) => AsyncIterable<Finding>;
      readonly end: () => Promise<void>;
    },
  ) {
    this.#settings = settings;
    this.#link = parts.link;
    this.#reader = parts.reader;
    this.#examine = parts.examine;
    this.#end = parts.end;
    this.#inquiries = new Inquiries(settings, () => deps.clock.monotonicMs());
  }

  async originate(plan: CallPlan): Promise<PbxExchange> {
    const exchange: Frame[] = [];
    const { connection, known: parties } = await this.#find(exchange, (from) =>
      this.#inquiries.parties(from, plan, exchange),
    );
    const ask = originateAsk(plan, parties, this.#settings, connection.app);
    // Without its events nobody would take the call further: the PBX drops it when the first phone answers.
    if (!connection.isOpen) throw linkLost(await connection.closed, exchange);
    try {
      const answer = await connection.orders.send(ask);
      exchange.push(...answer.frames);
      if (isSuccess(answer) && typeof fieldOf(answer, 'id') === 'string') return exchange;
      // Only Asterisk itself refuses in its own form; anything else may stand between us, with the order behind it.
      if (answer.status < 400 || wordsOf(answer) === undefined) throw inDoubt(statusText(answer), exchange);
      throw await this.#refusal(connection, answer, String(ask.body?.['endpoint']), exchange);
    } catch (error) {
      if (error instanceof NoAnswer) throw inDoubt(error.message, [...exchange, error.sent]);
      throw withExchange(error, exchange);
    }
  }

  async lookUp(channelId: string): Promise<ChannelState> {
    const { rest } = await this.#link.ready();
    try {
      const answer = await rest.send({ method: 'GET', path: ['channels', channelId] });
      if (isSuccess(answer)) return 'alive';
      if (answer.status !== 404 || wordsOf(answer) === undefined) throw requestRefused(answer, answer.frames);
      // After a transfer others may talk in its bridge.
      const bridge = await rest.send({ method: 'GET', path: ['bridges', channelId] });
      const members = isSuccess(bridge) ? fieldOf(bridge, 'channels') : [];
      return Array.isArray(members) && members.length > 1 ? 'alive' : 'gone';
    } catch (error) {
      if (error instanceof NoAnswer) throw linkLost(error.message, []);
      throw error;
    }
  }

  /** Both at once: whichever of the two there is, nothing is left that could still ring. */
  async hangUp(channelId: string): Promise<PbxExchange> {
    const { orders } = await this.#link.ready();
    const standing = SIDES.map((side) => this.#reader.channelOf(channelId, side));
    const ids = new Set([channelId, secondOf(channelId), ...standing]);
    try {
      const answers = await Promise.all(
        [...ids].map((id) => orders.send({ method: 'DELETE', path: ['channels', id] })),
      );
      const exchange = answers.flatMap(({ frames }) => frames).toSorted((a, b) => a.atMicros - b.atMicros);
      const refusal = answers.find((answer) => !isSuccess(answer) && answer.status !== 404);
      if (refusal !== undefined) throw requestRefused(refusal, exchange);
      return exchange;
    } catch (error) {
      if (error instanceof NoAnswer) throw hangUpInDoubt(error.message, [error.sent]);
      throw error;
    }
  }

  async explain(plan: CallPlan): Promise<Explanation> {
    const exchange: Frame[] = [];
    const { connection, known } = await this.#find(exchange, (from) =>
      this.#inquiries.prospect(from, plan, exchange),
    );
    const { parties, secondExists, firstPhone } = known;
    const { caller, onFirst } = shownParties(plan, parties, this.#settings);
    const { extension, context } = parties.dialAs;
    return {
      dialAs: extension,
      rights: context,
      firstShows: onFirst,
      secondShows: caller,
      ...(firstPhone === undefined ? {} : { firstPhone }),
      ...(secondExists === undefined ? {} : { secondExists }),
      order: connection.orders.written(originateAsk(plan, parties, this.#settings, connection.app)),
      exchange,
    };
  }

  examine(extension?: string): AsyncIterable<Finding> {
    return this.#examine(extension);
  }

  async close(): Promise<void> {
    this.#link.close();
    await this.#end();
  }

  /** A connection, and what was asked over it. Nothing rings before that is done, so a link that breaks is tried once more. */
  async #find<Known>(
    exchange: Frame[],
    ask: (connection: AriConnection) => Promise<Known>,
  ): Promise<{ readonly connection: AriConnection; readonly known: Known }> {
    for (let attempt = 1; ; attempt++) {
      const connection = await this.#link.ready();
      try {
        return { connection, known: await ask(connection) };
      } catch (error) {
        // What a PBX refuses whose connection has just ended may come from that alone.
        const isOfLink = error instanceof PbxError && error.phase === 'refused' && !connection.isOpen;
        if (!(error instanceof NoAnswer) && !isOfLink) throw withExchange(error, exchange);
        if (attempt > 1) throw linkLost(error.message, exchange);
      }
    }
  }

  async #refusal(
    connection: AriConnection,
    answer: RestAnswer,
    endpoint: string,
    exchange: Frame[],
  ): Promise<PbxError> {
    return (
      (await whyNotAllocated(connection, answer, endpoint, exchange)) ??
      orderRefused(answer, endpoint, exchange)
    );
  }
}

/** What failed on the way to the PBX has no exchange of its own: it gets what was said until then. */
function withExchange(error: unknown, exchange: PbxExchange): unknown {
  if (!(error instanceof PbxError) || error.exchange.length > 0 || exchange.length === 0) return error;
  const { phase, code, said, remedy, cause } = error;
  return new PbxError({ phase, code, said, remedy, cause, exchange });
}
