import type { CallPlan } from '../../../calls/call.ts';
import type { PhoneState } from '../../../calls/cause.ts';
import type { Frame } from '../../contract.ts';
import { ExtensionCache } from '../../extension-cache.ts';
import { firstChannel, goesThroughDialplan } from '../channels.ts';
import { Identities, type ReadFunction } from '../identities.ts';
import { findParties, type Parties } from '../identity.ts';
import { phoneStateOf } from '../device-state.ts';
import type { AsteriskSettings } from '../settings.ts';
import { extensionUnknown } from './faults.ts';
import { Probe } from './probe.ts';
import type { AriConnection } from './rest.ts';

/** What is to be known of a call that is not made. */
export interface Prospect {
  readonly parties: Parties;
  /** Undefined: the second leg does not go through the dialplan, which could be asked. */
  readonly secondExists: boolean | undefined;
  /** Undefined: the first number is no extension, or not rung as a PJSIP endpoint. */
  readonly firstPhone: PhoneState | undefined;
}

/** What a PBX is asked before a call is ordered; its answers are believed for a while. Nothing rings. */
export class Inquiries {
  readonly #settings: AsteriskSettings;
  readonly #identities: Identities;
  readonly #routes: ExtensionCache<true>;

  constructor(settings: AsteriskSettings, nowMs: () => number) {
    this.#settings = settings;
    this.#identities = new Identities(settings, nowMs);
    this.#routes = new ExtensionCache(settings.cache_seconds, nowMs);
  }

  /**
   * Who is rung and as whom; the second number is in the dialplan of who is dialled as.
   * @param exchange gets what was asked and answered
   * @throws PbxError, NoAnswer
   */
  parties(connection: AriConnection, plan: CallPlan, exchange: Frame[]): Promise<Parties> {
    return this.#ask(connection, exchange, async (read) => {
      const parties = await this.#findParties(plan, read, exchange);
      const { context, extension } = parties.dialAs;
      if ((await this.#secondExists(plan, parties, read)) === false)
        throw extensionUnknown({ second: plan.second, context, dialAs: extension }, exchange);
      return parties;
    });
  }

  /** @throws PbxError, NoAnswer */
  prospect(connection: AriConnection, plan: CallPlan, exchange: Frame[]): Promise<Prospect> {
    return this.#ask(connection, exchange, async (read) => {
      const parties = await this.#findParties(plan, read, exchange);
      const [secondExists, firstPhone] = await Promise.all([
        this.#secondExists(plan, parties, read),
        this.#firstPhone(plan, parties, read),
      ]);
      return { parties, secondExists, firstPhone };
    });
  }

  async #ask<Answer>(
    connection: AriConnection,
    exchange: Frame[],
    questions: (read: ReadFunction) => Promise<Answer>,
  ): Promise<Answer> {
    const probe = new Probe(connection, exchange);
    try {
      return await questions((expression) => probe.read(expression));
    } finally {
      await probe.end();
      // Several look-ups go at a time, each noted with its reply: back into the order of the wire.
      exchange.sort((a, b) => a.atMicros - b.atMicros);
    }
  }

  #findParties(plan: CallPlan, read: ReadFunction, exchange: readonly Frame[]): Promise<Parties> {
    return findParties(plan, this.#settings, (extension) => this.#identities.find(extension, read), exchange);
  }

  async #secondExists(
    { second }: CallPlan,
    { dialAs }: Parties,
    read: ReadFunction,
  ): Promise<boolean | undefined> {
    if (!goesThroughDialplan(this.#settings)) return undefined;
    const expression = `DIALPLAN_EXISTS(${dialAs.context},${second},1)`;
    const exists = await this.#routes.find(expression, async () =>
      (await read(expression)) === '1' ? true : undefined,
    );
    return exists ?? false;
  }

  async #firstPhone(plan: CallPlan, parties: Parties, read: ReadFunction): Promise<PhoneState | undefined> {
    const isAsked =
      this.#settings.lookup === 'pjsip' || firstChannel(plan, parties, this.#settings).startsWith('PJSIP/');
    if (!parties.firstIsExtension || !isAsked) return undefined;
    return phoneStateOf(await read(`DEVICE_STATE(PJSIP/${plan.first})`), true) ?? 'unknown';
  }
}
