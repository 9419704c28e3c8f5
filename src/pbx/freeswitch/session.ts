import type { CallPlan } from '../../calls/call.ts';
import type { ChannelState, Finding, Frame, PbxExchange, PbxSession, SessionDeps } from '../contract.ts';
import { Link } from '../wire/link.ts';
import { NoReply } from '../wire/link-ended.ts';
import { ChannelIds, channelIdOfUuid, uuidOf } from './channel-ids.ts';
import { EslConnection } from './connection.ts';
import { UnsafeValue } from './encoder.ts';
import { examine } from './examine.ts';
import * as faults from './faults.ts';
import { Identities, type Identity } from './identities.ts';
import type { FreeswitchSettings } from './manifest.ts';
import type { EslEvent } from './message.ts';
import { Orders } from './orders.ts';
import { originateLine, type Parties } from './originate.ts';
import { inDoubt, linkLost } from '../link-faults.ts';

/** One FreeSWITCH over its Event Socket. */
export class FreeswitchSession implements PbxSession {
  readonly #settings: FreeswitchSettings;
  readonly #deps: SessionDeps;
  readonly #link: Link<EslConnection>;
  readonly #identities: Identities;
  readonly #orders = new Orders();
  readonly #channels = new ChannelIds();

  constructor(settings: FreeswitchSettings, deps: SessionDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#link = new Link(() => EslConnection.open(settings, deps, (event) => this.#hear(event)), deps);
    this.#identities = new Identities(settings, () => deps.clock.monotonicMs());
  }

  async originate(plan: CallPlan): Promise<PbxExchange> {
    const exchange: Frame[] = [];
    try {
      const { connection, parties } = await this.#prepare(plan, exchange);
      // Several look-ups go at a time, each noted with its reply: back into the order of the wire.
      exchange.sort((a, b) => a.atMicros - b.atMicros);
      return await this.#order(connection, plan, parties, exchange);
    } catch (error) {
      if (error instanceof UnsafeValue) throw faults.unsafe(error, exchange);
      if (error instanceof NoReply && error.sent !== undefined)
        throw inDoubt(error.message, [...exchange, error.sent]);
      if (error instanceof NoReply) throw linkLost(error.message, exchange);
      throw error;
    }
  }

  async lookUp(channelId: string): Promise<ChannelState> {
    const connection = await this.#link.ready();
    try {
      const { text, frames } = await connection.api(
        'uuid_exists',
        this.#channels.carrierOf(uuidOf(channelId)),
      );
      if (text === 'true') return 'alive';
      if (text === 'false') return 'gone';
      throw faults.lookupDenied(text, frames);
    } catch (error) {
      if (error instanceof NoReply) throw linkLost(error.message, []);
      if (error instanceof UnsafeValue) throw faults.unsafe(error, []);
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

  /** Sends the order. Accepted is what FreeSWITCH began to work on and did not give up at once. */
  async #order(
    connection: EslConnection,
    plan: CallPlan,
    parties: Parties,
    exchange: Frame[],
  ): Promise<PbxExchange> {
    const uuid = uuidOf(plan.channelId);
    const line = originateLine(plan, parties, this.#settings, uuid);
    const about = { first: plan.first, domain: this.#settings.domain };
    const watch = this.#orders.watch(uuid);
    try {
      const reply = await connection.job(line, uuid);
      exchange.push(...reply.frames);
      if (!reply.ok) throw faults.originateRefused(reply.text || reply.message.raw, about, exchange);
      const verdict = await watch.verdict();
      if (verdict.is !== 'refused') return exchange;
      exchange.push(connection.frameOf(verdict.event));
      throw faults.originateRefused(verdict.event.body.trim() || verdict.event.raw, about, exchange);
    } finally {
      watch.end();
    }
  }

  /** Connection and parties. Nothing rings before it is done, so a link that breaks meanwhile is tried once more. */
  async #prepare(
    plan: CallPlan,
    exchange: Frame[],
  ): Promise<{ connection: EslConnection; parties: Parties }> {
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

  /** Whose rights: those of `dial_as`, else of the first number where it is a user, else of the PBX's default. */
  async #parties(connection: EslConnection, plan: CallPlan, exchange: Frame[]): Promise<Parties> {
    const { domain, default_dial_as: fallback } = this.#settings;
    const find = (extension: string) => this.#identities.find(connection, extension, exchange);
    const [first, given] = await Promise.all([
      find(plan.first),
      plan.dialAs === undefined ? undefined : find(plan.dialAs),
    ]);
    const wanted = plan.dialAs ?? (first === undefined ? fallback : plan.first);
    if (wanted === '') throw faults.noDialAs(plan.first, exchange);
    const dialAs: Identity | undefined = plan.dialAs === undefined ? (first ?? (await find(wanted))) : given;
    if (dialAs === undefined) throw faults.dialAsUnknown(wanted, domain, exchange);
    if (dialAs.context === '') throw faults.noContext(wanted, domain, exchange);
    return { firstIsExtension: first !== undefined, dialAs };
  }

  #hear(event: EslEvent): void {
    switch (event.get('Event-Name') ?? '') {
      case 'CHANNEL_CREATE':
        return this.#orders.begun(event.get('Unique-ID') ?? '');
      case 'CHANNEL_HANGUP_COMPLETE':
        return this.#hearHangup(event);
      case 'BACKGROUND_JOB':
        return this.#hearResult(event);
      default:
        return;
    }
  }

  /** The end of a first leg is the end of its call, unless another phone of the same extension answered. */
  #hearHangup(event: EslEvent): void {
    const uuid = event.get('Unique-ID');
    if (uuid === undefined || event.get('Hangup-Cause') === 'LOSE_RACE') return;
    this.#tellEnd(this.#channels.ended(uuid));
  }

  /** An order that fails without a channel of its own has no hang-up: its result is its end. */
  #hearResult(event: EslEvent): void {
    const uuid = event.get('Job-UUID');
    if (uuid === undefined || event.get('Job-Command') !== 'originate') return;
    const result = event.body.trim();
    const carrier = /^\+OK (\S{1,80})$/.exec(result)?.[1];
    if (carrier === undefined) {
      if (!this.#orders.refused(uuid, event)) this.#tellEnd(uuid);
    } else if (carrier !== uuid) this.#channels.standIn(uuid, carrier);
  }

  #tellEnd(uuid: string): void {
    this.#deps.emit({
      type: 'call',
      channelId: channelIdOfUuid(uuid),
      atMicros: this.#deps.clock.nowMicros(),
      fact: { type: 'ended' },
    });
  }
}
