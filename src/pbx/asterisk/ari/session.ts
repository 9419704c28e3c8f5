import type { CallPlan } from '../../../calls/call.ts';
import { PbxError, type ChannelState, type Finding, type Frame } from '../../contract.ts';
import type { PbxExchange, PbxSession, SessionDeps } from '../../contract.ts';
import { ExtensionCache } from '../../extension-cache.ts';
import { NoAnswer } from '../../wire/http-client.ts';
import { goesThroughDialplan } from '../channels.ts';
import { inDoubt, linkLost } from '../../link-faults.ts';
import { Identities } from '../identities.ts';
import { findParties, type Parties } from '../identity.ts';
import type { AsteriskSettings } from '../settings.ts';
import { extensionUnknown, lookupRefused, orderRefused, statusText } from './faults.ts';
import { originateAsk } from './order.ts';
import { Probe } from './probe.ts';
import { fieldOf, isSuccess, wordsOf, type AriConnection } from './rest.ts';

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
  readonly #identities: Identities;
  readonly #routes: ExtensionCache<true>;

  /** @param parts `end` frees what else the driver made. */
  constructor(
    settings: AsteriskSettings,
    deps: Pick<SessionDeps, 'clock'>,
    parts: {
      readonly link: AriLink;
      readonly examine: (extension?: string) => AsyncIterable<Finding>;
      readonly end: () => Promise<void>;
    },
  ) {
    const nowMs = () => deps.clock.monotonicMs();
    this.#settings = settings;
    this.#link = parts.link;
    this.#examine = parts.examine;
    this.#end = parts.end;
    this.#identities = new Identities(settings, nowMs);
    this.#routes = new ExtensionCache(settings.cache_seconds, nowMs);
  }

  async originate(plan: CallPlan): Promise<PbxExchange> {
    const exchange: Frame[] = [];
    const { connection, parties } = await this.#prepare(plan, exchange);
    const ask = originateAsk(plan, parties, this.#settings, connection.app);
    // Without its events nobody would take the call further: the PBX drops it when the first phone answers.
    if (!connection.isOpen) throw linkLost(await connection.closed, exchange);
    try {
      const answer = await connection.rest.send(ask);
      exchange.push(...answer.frames);
      if (isSuccess(answer) && typeof fieldOf(answer, 'id') === 'string') return exchange;
      // Only Asterisk itself refuses in its own form; anything else may stand between us, with the order behind it.
      if (answer.status < 400 || wordsOf(answer) === undefined) throw inDoubt(statusText(answer), exchange);
      throw orderRefused(answer, String(ask.body?.['endpoint']), exchange);
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
      if (answer.status === 404 && wordsOf(answer) !== undefined) return 'gone';
      throw lookupRefused(answer, answer.frames);
    } catch (error) {
      if (error instanceof NoAnswer) throw linkLost(error.message, []);
      throw error;
    }
  }

  examine(extension?: string): AsyncIterable<Finding> {
    return this.#examine(extension);
  }

  async close(): Promise<void> {
    this.#link.close();
    await this.#end();
  }

  /** Connection and parties. Nothing rings before it is done, so a link that breaks meanwhile is tried once more. */
  async #prepare(
    plan: CallPlan,
    exchange: Frame[],
  ): Promise<{ connection: AriConnection; parties: Parties }> {
    for (let attempt = 1; ; attempt++) {
      const connection = await this.#link.ready();
      try {
        return { connection, parties: await this.#parties(connection, plan, exchange) };
      } catch (error) {
        // What a PBX refuses whose connection has just ended may come from that alone.
        const isOfLink = error instanceof PbxError && error.phase === 'refused' && !connection.isOpen;
        if (!(error instanceof NoAnswer) && !isOfLink) throw withExchange(error, exchange);
        if (attempt > 1) throw linkLost(error.message, exchange);
      }
    }
  }

  async #parties(connection: AriConnection, plan: CallPlan, exchange: Frame[]): Promise<Parties> {
    const probe = new Probe(connection, exchange);
    try {
      const read = (expression: string) => probe.read(expression);
      const find = (extension: string) => this.#identities.find(extension, read);
      const parties = await findParties(plan, this.#settings, find, exchange);
      await this.#mustExist(plan, parties, read, exchange);
      return parties;
    } finally {
      await probe.end();
      // Several look-ups go at a time, each noted with its reply: back into the order of the wire.
      exchange.sort((a, b) => a.atMicros - b.atMicros);
    }
  }

  /** The second number in the dialplan of who is dialled as, before anybody rings. */
  async #mustExist(
    { second }: CallPlan,
    { dialAs }: Parties,
    read: (expression: string) => Promise<string>,
    exchange: PbxExchange,
  ): Promise<void> {
    if (!goesThroughDialplan(this.#settings)) return;
    const { context, extension } = dialAs;
    const expression = `DIALPLAN_EXISTS(${context},${second},1)`;
    const exists = await this.#routes.find(expression, async () =>
      (await read(expression)) === '1' ? true : undefined,
    );
    if (exists === undefined) throw extensionUnknown({ second, context, dialAs: extension }, exchange);
  }
}

/** What failed on the way to the PBX has no exchange of its own: it gets what was said until then. */
function withExchange(error: unknown, exchange: PbxExchange): unknown {
  if (!(error instanceof PbxError) || error.exchange.length > 0 || exchange.length === 0) return error;
  const { phase, code, said, remedy, cause } = error;
  return new PbxError({ phase, code, said, remedy, cause, exchange });
}
