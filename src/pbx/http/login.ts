import { NoAnswer, type HttpClient } from '../wire/http-client.ts';
import type { Frame, PbxError, SessionDeps, Settings } from '../contract.ts';
import { UnsafeValue } from './encode.ts';
import * as faults from './faults.ts';
import { judge } from './judge.ts';
import { AnswerReader } from './read-answer.ts';
import { hiddenForms, sendStep } from './send-step.ts';
import type { Step, Template } from './template.ts';
import { NotInMap, type Sources } from './values.ts';

/** What the login steps took: a token, a cookie. */
export type LoginValues = ReadonlyMap<string, string>;

const NOTHING: LoginValues = new Map();
const STEP_MS = 10_000;
/** Tokens are given up before their time: one that lapses on its way would cost a second request. */
const EARLY_MS = 5_000;
const LASTS_MS_MAX = 24 * 60 * 60_000;
/** A refused login is not repeated at once: the PBX may lock out an address that tries too often. */
const REFUSED_MS = 10_000;

/** The one login that all calls to a PBX share: made at first use, renewed when it lapses. */
export class Login {
  readonly #template: Template;
  readonly #settings: Settings;
  readonly #client: HttpClient;
  readonly #deps: SessionDeps;
  #values: LoginValues | undefined;
  #untilMs = 0;
  #refusal: { readonly error: PbxError; readonly untilMs: number } | undefined;
  #underWay: Promise<LoginValues> | undefined;

  constructor(template: Template, settings: Settings, client: HttpClient, deps: SessionDeps) {
    this.#template = template;
    this.#settings = settings;
    this.#client = client;
    this.#deps = deps;
  }

  /** @throws PbxError of the phase `before_send` */
  async ready(): Promise<LoginValues> {
    if (this.#template.login === undefined) return NOTHING;
    const now = this.#deps.clock.monotonicMs();
    if (this.#values !== undefined && now < this.#untilMs) return this.#values;
    if (this.#refusal !== undefined && now < this.#refusal.untilMs) throw this.#refusal.error;
    this.#underWay ??= this.#logIn().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  /** The PBX no longer knows this login. Another call may have renewed it meanwhile: then that one stays. */
  forget(values: LoginValues): void {
    if (this.#values === values) this.#values = undefined;
  }

  async #logIn(): Promise<LoginValues> {
    const { login } = this.#template;
    const values = new Map<string, string>();
    const exchange: Frame[] = [];
    let lastsMs = (login?.lasts_seconds ?? 0) * 1_000;
    for (const step of login?.steps ?? []) {
      const reader = await this.#take(step, values, exchange);
      const seconds = login?.lasts === undefined ? undefined : reader.at(login.lasts);
      if (seconds !== undefined && /^\d{1,9}$/.test(seconds)) lastsMs = Number(seconds) * 1_000;
    }
    this.#values = values;
    this.#refusal = undefined;
    this.#untilMs = this.#deps.clock.monotonicMs() + Math.min(lastsMs, LASTS_MS_MAX) - EARLY_MS;
    this.#deps.log.info({}, 'Logged in to the PBX.');
    return values;
  }

  async #take(step: Step, values: Map<string, string>, exchange: Frame[]): Promise<AnswerReader> {
    const sources: Sources = { template: this.#template, settings: this.#settings, login: values };
    const answer = await sendStep(step, { client: this.#client, sources, withinMs: STEP_MS, exchange }).catch(
      (error: unknown) => {
        if (error instanceof NoAnswer) throw faults.unreachable(error.message, exchange);
        if (error instanceof NotInMap) throw faults.notInMap(error);
        if (error instanceof UnsafeValue) throw faults.unsafe(error.message);
        throw error;
      },
    );
    const verdict = judge(step, answer, hiddenForms(sources));
    if (verdict.is !== 'success') throw this.#remember(faults.loginRefused(verdict, exchange));
    const reader = new AnswerReader(answer);
    for (const [name, place] of Object.entries(step.take ?? {})) {
      const value = reader.at(place);
      if (value === undefined) throw faults.tokenMissing(name);
      values.set(name, value);
    }
    return reader;
  }

  #remember(error: PbxError): PbxError {
    this.#refusal = { error, untilMs: this.#deps.clock.monotonicMs() + REFUSED_MS };
    return error;
  }
}
