import type { CallPlan } from '../../calls/call.ts';
import { inDoubt, linkLost } from '../link-faults.ts';
import { Identities } from '../asterisk/identities.ts';
import { findParties, type Parties } from '../asterisk/identity.ts';
import type { ChannelState, Finding, Frame, PbxExchange, PbxSession, SessionDeps } from '../contract.ts';
import { Link } from '../wire/link.ts';
import { NoReply } from '../wire/link-ended.ts';
import { AmiConnection } from './connection.ts';
import { UnsafeHeader } from './encoder.ts';
import { examine } from './examine.ts';
import * as faults from './faults.ts';
import type { AmiSettings } from './manifest.ts';
import type { AmiMessage } from './message.ts';
import { originateHeaders } from './originate.ts';

/** One PBX over its manager interface. */
export class AmiSession implements PbxSession {
  readonly #settings: AmiSettings;
  readonly #deps: SessionDeps;
  readonly #link: Link<AmiConnection>;
  readonly #identities: Identities;

  constructor(settings: AmiSettings, deps: SessionDeps) {
    this.#settings = settings;
    this.#deps = deps;
    const hear = (event: AmiMessage) => this.#hear(event);
    this.#link = new Link(() => AmiConnection.open(settings, deps, hear), deps);
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
        throw inDoubt(error.message, [...exchange, error.sent]);
      if (error instanceof NoReply) throw linkLost(error.message, exchange);
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
      if (error instanceof NoReply) throw linkLost(error.message, []);
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
        if (attempt > 1) throw linkLost(error.message, exchange);
      }
    }
  }

  #parties(connection: AmiConnection, plan: CallPlan, exchange: Frame[]): Promise<Parties> {
    const read = async (expression: string): Promise<string> => {
      const reply = await connection.request('Getvar', [['Variable', expression]]);
      exchange.push(...reply.frames);
      if (!reply.ok) throw faults.lookupDenied(reply.message, reply.frames);
      return reply.message.get('Value') ?? '';
    };
    const find = (extension: string) => this.#identities.find(extension, read);
    return findParties(plan, this.#settings, find, exchange);
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
    const atMicros = this.#deps.clock.nowMicros();
    this.#deps.emit({ type: 'call', channelId: ended, atMicros, fact: { type: 'ended' } });
  }
}
