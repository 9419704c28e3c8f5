import type { CallPlan } from '../../calls/call.ts';
import { explainCall } from '../asterisk/explain-call.ts';
import { Identities, type ReadFunction } from '../asterisk/identities.ts';
import { findParties, type Parties } from '../asterisk/identity.ts';
import type {
  CallEvent,
  ChannelState,
  Explanation,
  Finding,
  Frame,
  PbxExchange,
  PbxSession,
  SessionDeps,
} from '../contract.ts';
import { Doomed } from '../doomed.ts';
import { inDoubt, linkLost } from '../link-faults.ts';
import { Link } from '../wire/link.ts';
import { NoReply } from '../wire/link-ended.ts';
import { AmiConnection } from './connection.ts';
import type { DeviceQuestion } from './device-question.ts';
import { encodeAction, UnsafeHeader } from './encoder.ts';
import { AmiEventReader } from './event-reader.ts';
import { examine } from './examine.ts';
import * as faults from './faults.ts';
import { hangUpChannels } from './hang-up.ts';
import type { AmiSettings } from './manifest.ts';
import { originateHeaders } from './originate.ts';

/** One PBX over its manager interface. */
export class AmiSession implements PbxSession {
  readonly #settings: AmiSettings;
  readonly #deps: SessionDeps;
  readonly #link: Link<AmiConnection>;
  readonly #identities: Identities;
  readonly #reader: AmiEventReader;
  readonly #doomed = new Doomed();

  constructor(settings: AmiSettings, deps: SessionDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#link = new Link(() => AmiConnection.open(settings, deps, (raw) => this.#hear(raw)), deps);
    this.#identities = new Identities(settings, () => deps.clock.monotonicMs());
    this.#reader = new AmiEventReader(settings);
  }

  async originate(plan: CallPlan): Promise<PbxExchange> {
    const exchange: Frame[] = [];
    const { connection, parties } = await this.#prepare(plan, exchange);
    const about = { second: plan.second, context: parties.dialAs.context, dialAs: parties.dialAs.extension };
    try {
      const headers = originateHeaders(plan, parties, this.#settings);
      const reply = await connection.request('Originate', headers, plan.channelId);
      exchange.push(...reply.frames);
      if (!reply.ok) throw faults.originateRefused(reply.message, about, exchange);
      return exchange;
    } catch (error) {
      if (error instanceof NoReply && error.sent !== undefined)
        throw inDoubt(error.message, [...exchange, error.sent]);
      throw asPbxError(error, exchange);
    }
  }

  async lookUp(channelId: string): Promise<ChannelState> {
    const connection = await this.#link.ready();
    try {
      for (const id of [channelId, ...this.#reader.liveBehind(channelId)])
        if (await lives(connection, id)) return 'alive';
      this.#reader.forget(channelId);
      return 'gone';
    } catch (error) {
      throw asPbxError(error, []);
    }
  }

  async hangUp(channelId: string): Promise<PbxExchange> {
    const exchange: Frame[] = [];
    const connection = await this.#link.ready();
    try {
      // Noted before it is sent: the call may begin between the PBX's reply and our reading of it.
      if (!this.#reader.knows(channelId)) this.#doomed.add(channelId);
      const wasThere = await hangUpChannels(connection, [channelId], exchange);
      if (wasThere) this.#doomed.take(channelId);
      else await hangUpChannels(connection, this.#reader.liveBehind(channelId), exchange);
      return exchange;
    } catch (error) {
      throw asPbxError(error, exchange);
    }
  }

  async explain(plan: CallPlan): Promise<Explanation> {
    const exchange: Frame[] = [];
    const { connection, parties } = await this.#prepare(plan, exchange);
    try {
      const headers = originateHeaders(plan, parties, this.#settings);
      const order = encodeAction('Originate', [['ActionID', plan.channelId], ...headers]).trimEnd();
      const read = readerOf(connection, exchange);
      return { ...(await explainCall(plan, parties, this.#settings, read)), order, exchange };
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

  /** Connection and parties. Nothing rings before it is done, so a link that breaks meanwhile is tried once more. */
  async #prepare(
    plan: CallPlan,
    exchange: Frame[],
  ): Promise<{ connection: AmiConnection; parties: Parties }> {
    for (let attempt = 1; ; attempt++) {
      const connection = await this.#link.ready();
      try {
        const find = (extension: string) => this.#identities.find(extension, readerOf(connection, exchange));
        const parties = await findParties(plan, this.#settings, find, exchange);
        // Several look-ups go at a time, each noted with its reply: back into the order of the wire.
        exchange.sort((a, b) => a.atMicros - b.atMicros);
        return { connection, parties };
      } catch (error) {
        if (!(error instanceof NoReply)) throw error;
        if (attempt > 1) throw linkLost(error.message, exchange);
      }
    }
  }

  #hear(raw: string): void {
    this.#tell(this.#reader.read(raw, this.#deps.clock.nowMicros()));
    for (const question of this.#reader.takeQuestions()) {
      this.#ask(question).catch((error: unknown) => {
        // The call stays open until the PBX is asked for it.
        this.#deps.log.debug({ err: error, device: question.device }, 'Could not ask the PBX about a phone.');
      });
    }
  }

  #tell(events: readonly CallEvent[]): void {
    for (const event of events) {
      const { channelId, fact } = event;
      if (fact.type === 'leg' && fact.happened === 'asked' && this.#doomed.take(channelId))
        this.#end(channelId);
      this.#deps.emit(event);
    }
  }

  async #ask({ device, actionId }: DeviceQuestion): Promise<void> {
    const connection = await this.#link.ready();
    const variable = ['Variable', `DEVICE_STATE(${device})`] as const;
    const { frames } = await connection.request('Getvar', [variable], actionId);
    const [, { raw, atMicros }] = frames;
    this.#tell(this.#reader.read(raw, atMicros));
  }

  /** A call that was to end before it began. */
  #end(channelId: string): void {
    this.hangUp(channelId).catch((error: unknown) => {
      this.#deps.log.warn(
        { err: error, channelId },
        'A call that was to end before it began could not be ended.',
      );
    });
  }
}

/** @throws PbxError where the login may not ask; NoReply */
function readerOf(connection: AmiConnection, exchange: Frame[]): ReadFunction {
  return async (expression) => {
    const { message, ok, frames } = await connection.request('Getvar', [['Variable', expression]]);
    exchange.push(...frames);
    if (!ok) throw faults.lookupDenied(message, frames);
    return message.get('Value') ?? '';
  };
}

async function lives(connection: AmiConnection, id: string): Promise<boolean> {
  const { message, ok, frames } = await connection.request('Getvar', [
    ['Channel', id],
    ['Variable', 'CHANNEL(linkedid)'],
  ]);
  if (!ok && !/^No such channel/i.test(message.get('Message') ?? ''))
    throw faults.actionDenied(message, frames);
  return ok;
}

function asPbxError(error: unknown, exchange: PbxExchange): unknown {
  if (error instanceof UnsafeHeader) return faults.unsafe(error, exchange);
  return error instanceof NoReply ? linkLost(error.message, exchange) : error;
}
