import type { CallPlan } from '../../calls/call.ts';
import type { ChannelState, Finding, Frame, PbxExchange, PbxSession, SessionDeps } from '../contract.ts';
import { NoReply, type AmiConnection } from './connection.ts';
import { UnsafeHeader } from './encoder.ts';
import { examine } from './examine.ts';
import * as faults from './faults.ts';
import { Identities, type Identity } from './identities.ts';
import { AmiLink } from './link.ts';
import type { AmiSettings } from './manifest.ts';
import type { AmiMessage } from './message.ts';
import { originateHeaders, type Parties } from './originate.ts';

/** One PBX over its manager interface. */
export class AmiSession implements PbxSession {
  readonly #settings: AmiSettings;
  readonly #deps: SessionDeps;
  readonly #link: AmiLink;
  readonly #identities: Identities;

  constructor(settings: AmiSettings, deps: SessionDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#link = new AmiLink(settings, deps, (event) => this.#hear(event));
    this.#identities = new Identities(settings, () => deps.clock.monotonicMs());
  }

  async originate(plan: CallPlan): Promise<PbxExchange> {
    const exchange: Frame[] = [];
    const { connection, parties } = await this.#prepare(plan, exchange);
    // Several look-ups go at a time, each noted with its reply: back into the order of the wire.
    exchange.sort((a, b) => a.atMicros - b.atMicros);
    const about = { second: plan.second, context: parties.dialAs.context, dialAs: parties.dialAs.extension };
    try {
      const headers = originateHeaders(plan, parties, this.#settings);
      const reply = await connection.request('Originate', headers, plan.channelId);
      exchange.push(...reply.frames);
      if (!reply.ok) throw faults.originateRefused(reply.message, about, exchange);
      return exchange;
    } catch (error) {
      if (error instanceof UnsafeHeader) throw faults.unsafe(error, exchange);
      if (error instanceof NoReply && error.sent !== undefined)
        throw faults.inDoubt(error.message, [...exchange, error.sent]);
      if (error instanceof NoReply) throw faults.linkLost(error.message, exchange);
      throw error;
    }
  }

  async lookUp(channelId: string): Promise<ChannelState> {
    const connection = await this.#link.ready();
    try {
      const { message, ok, frames } = await connection.request('Getvar', [
        ['Channel', channelId],
        ['Variable', 'CHANNEL(linkedid)'],
      ]);
      if (ok) return 'alive';
      if (/no such channel/i.test(message.get('Message') ?? '')) return 'gone';
      throw faults.lookupDenied(message, frames);
    } catch (error) {
      if (error instanceof NoReply) throw faults.linkLost(error.message, []);
      throw error;
    }
  }

  examine(extension?: string): AsyncIterable<Finding> {
    return examine(this.#settings, this.#deps, extension);
  }

  close(): Promise<void> {
    this.#link.close();
    return Promise.resolve();
  }

  /** Connection and parties. Nothing rings before it is done, so a link that breaks meanwhile is tried once more. */
  async #prepare(
    plan: CallPlan,
    exchange: Frame[],
  ): Promise<{ connection: AmiConnection; parties: Parties }> {
    for (let attempt = 1; ; attempt++) {
      const connection = await this.#link.ready();
      try {
        return { connection, parties: await this.#parties(connection, plan, exchange) };
      } catch (error) {
        if (!(error instanceof NoReply)) throw error;
        if (attempt > 1) throw faults.linkLost(error.message, exchange);
      }
    }
  }

  /** Whose rights: those of `dial_as`, else of the first number where it is an extension, else of the PBX's default. */
  async #parties(connection: AmiConnection, plan: CallPlan, exchange: Frame[]): Promise<Parties> {
    const find = (extension: string) => this.#identities.find(connection, extension, exchange);
    const [first, given] = await Promise.all([
      find(plan.first),
      plan.dialAs === undefined ? undefined : find(plan.dialAs),
    ]);
    const firstIsExtension = first !== undefined;
    if (plan.dialAs !== undefined)
      return { firstIsExtension, dialAs: given ?? unknown(plan.dialAs, exchange) };
    if (first !== undefined) return { firstIsExtension, dialAs: first };

    const fallback = this.#settings.default_dial_as;
    if (fallback === '') throw faults.noDialAs(plan.first, exchange);
    return { firstIsExtension, dialAs: (await find(fallback)) ?? unknown(fallback, exchange) };
  }

  /** The end of a first leg is the end of its call: by its hang-up, or because it never came to be. */
  #hear(event: AmiMessage): void {
    const ended =
      event.get('Event') === 'Hangup'
        ? event.get('Uniqueid')
        : event.get('Response') === 'Failure'
          ? event.get('ActionID')
          : undefined;
    if (ended === undefined) return;
    this.#deps.emit({ type: 'ended', channelId: ended, atMicros: this.#deps.clock.nowMicros() });
  }
}

function unknown(extension: string, exchange: PbxExchange): Identity {
  throw faults.dialAsUnknown(extension, exchange);
}
