import type { CallPlan } from '../../calls/call.ts';
import type {
  ChannelState,
  Explanation,
  Finding,
  Frame,
  PbxExchange,
  PbxSession,
  SessionDeps,
} from '../contract.ts';
import { Doomed } from '../doomed.ts';
import { Link } from '../wire/link.ts';
import { NoReply } from '../wire/link-ended.ts';
import { uuidOf } from './channel-ids.ts';
import { EslConnection } from './connection.ts';
import { UnsafeValue } from './encoder.ts';
import { FreeswitchReader } from './events.ts';
import { examine } from './examine.ts';
import { explain } from './explain.ts';
import * as faults from './faults.ts';
import { killChannels } from './hang-up.ts';
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
  readonly #reader = new FreeswitchReader();
  readonly #doomed = new Doomed();

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
      return await this.#order(connection, plan, parties, exchange);
    } catch (error) {
      if (error instanceof NoReply && error.sent !== undefined)
        throw inDoubt(error.message, [...exchange, error.sent]);
      throw asPbxError(error, exchange);
    }
  }

  async lookUp(channelId: string): Promise<ChannelState> {
    const uuid = uuidOf(channelId);
    const connection = await this.#link.ready();
    try {
      for (const channel of this.#channelsOf(uuid)) {
        const { text, frames } = await connection.api('uuid_exists', channel);
        if (text === 'true') return 'alive';
        if (text !== 'false') throw faults.lookupDenied(text, frames);
      }
      this.#reader.gone(uuid);
      return 'gone';
    } catch (error) {
      throw asPbxError(error, []);
    }
  }

  async hangUp(channelId: string): Promise<PbxExchange> {
    const uuid = uuidOf(channelId);
    const exchange: Frame[] = [];
    const connection = await this.#link.ready();
    try {
      const wasThere = await killChannels(connection, this.#channelsOf(uuid), exchange);
      if (!wasThere && !this.#reader.isOver(uuid)) this.#doomed.add(uuid);
      return exchange;
    } catch (error) {
      throw asPbxError(error, exchange);
    }
  }

  async explain(plan: CallPlan): Promise<Explanation> {
    const exchange: Frame[] = [];
    try {
      const { connection, parties } = await this.#prepare(plan, exchange);
      return await explain(connection, plan, parties, this.#settings, exchange);
    } catch (error) {
      throw asPbxError(error, exchange);
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
        const parties = await this.#parties(connection, plan, exchange);
        // Several look-ups go at a time, each noted with its reply: back into the order of the wire.
        exchange.sort((a, b) => a.atMicros - b.atMicros);
        return { connection, parties };
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

  /** What is known of the call's phones; else the id that we chose, as where we were not there when it began. */
  #channelsOf(uuid: string): readonly string[] {
    const phones = this.#reader.phonesOf(uuid);
    return phones.length === 0 ? [uuid] : phones;
  }

  #hear(event: EslEvent): void {
    const told = this.#reader.readEvent(event, this.#deps.clock.nowMicros());
    if (this.#isRefusal(event)) return;
    for (const each of told) {
      if (each.fact.type === 'leg' && each.fact.happened === 'asked')
        this.#killIfDoomed(uuidOf(each.channelId));
      this.#deps.emit(each);
    }
  }

  /** An order that could not even be begun has failed, and no call of it is told. */
  #isRefusal(event: EslEvent): boolean {
    const name = event.get('Event-Name');
    if (name === 'CHANNEL_CREATE') this.#orders.begun(event.get('Unique-ID') ?? '');
    if (name !== 'BACKGROUND_JOB' || event.body.startsWith('+OK')) return false;
    return this.#orders.refused(event.get('Job-UUID') ?? '', event);
  }

  #killIfDoomed(uuid: string): void {
    if (!this.#doomed.take(uuid)) return;
    this.#link
      .ready()
      .then((connection) => killChannels(connection, [uuid], []))
      .catch((error: unknown) => {
        this.#deps.log.warn(
          { err: error, uuid },
          'A call that was to end before it began could not be ended.',
        );
      });
  }
}

function asPbxError(error: unknown, exchange: PbxExchange): unknown {
  if (error instanceof UnsafeValue) return faults.unsafe(error, exchange);
  return error instanceof NoReply ? linkLost(error.message, exchange) : error;
}
