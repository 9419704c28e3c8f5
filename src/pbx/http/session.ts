import type { CallPlan } from '../../calls/call.ts';
import {
  PbxError,
  type ChannelState,
  type Finding,
  type Frame,
  type PbxExchange,
  type PbxSession,
  type SessionDeps,
  type Settings,
} from '../contract.ts';
import { typed } from '../setting-types.ts';
import { HttpClient, NoAnswer, type HttpAnswer } from '../wire/http-client.ts';
import { COMMON_SETTINGS, type CommonSettings } from './common-settings.ts';
import { UnsafeValue } from './encode.ts';
import { examine } from './examine.ts';
import * as faults from './faults.ts';
import { judge } from './judge.ts';
import { Login, type LoginValues } from './login.ts';
import { hiddenForms, sendStep } from './send-step.ts';
import type { Step, Template } from './template.ts';
import { NotInMap, type Sources } from './values.ts';
import { inDoubt } from '../link-faults.ts';

const DIGITS_MAX = 64;

/** One PBX over its own HTTP API, as its template describes it. */
export class HttpSession implements PbxSession {
  readonly #template: Template;
  readonly #settings: Settings;
  readonly #common: CommonSettings;
  readonly #deps: SessionDeps;
  readonly #client: HttpClient;
  readonly #login: Login;

  constructor(template: Template, settings: Settings, deps: SessionDeps) {
    this.#template = template;
    this.#settings = settings;
    this.#common = typed(COMMON_SETTINGS, settings);
    this.#deps = deps;
    this.#client = new HttpClient(this.#common, deps.guard, deps.clock);
    this.#login = new Login(template, settings, this.#client, deps);
  }

  async originate(plan: CallPlan): Promise<PbxExchange> {
    checkPlan(this.#template, plan);
    const step = callStep(this.#template, this.#settings, plan);
    const exchange: Frame[] = [];
    for (let attempt = 1; ; attempt++) {
      const login = await this.#login.ready();
      const sources: Sources = { template: this.#template, settings: this.#settings, plan, login };
      const answer = await this.#order(step, sources, exchange);
      const verdict = judge(step, answer, hiddenForms(sources));
      if (verdict.is === 'success') return exchange;
      if (!verdict.loginAgain || attempt > 1) throw faults.refused(verdict, exchange);
      // The PBX refused a lapsed login and did not look at the order: it is given once more.
      this.#login.forget(login);
    }
  }

  /** Nothing of a call is known to us but the answer to its order. */
  lookUp(): Promise<ChannelState> {
    return Promise.resolve('unknown');
  }

  examine(extension?: string): AsyncIterable<Finding> {
    return examine({
      template: this.#template,
      settings: this.#settings,
      common: this.#common,
      deps: this.#deps,
      client: this.#client,
      logIn: (): Promise<LoginValues> => this.#login.ready(),
      extension,
    });
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #order(step: Step, sources: Sources, exchange: Frame[]): Promise<HttpAnswer> {
    const withinMs = this.#common.answer_seconds * 1_000;
    try {
      return await sendStep(step, { client: this.#client, sources, withinMs, exchange });
    } catch (error) {
      if (error instanceof NoAnswer) throw inDoubt(error.message, exchange);
      if (error instanceof NotInMap) throw faults.notInMap(error);
      if (error instanceof UnsafeValue) throw faults.unsafe(error.message);
      if (error instanceof PbxError) throw error;
      throw inDoubt(error instanceof Error ? error.message : String(error), exchange);
    }
  }
}

/** What this PBX can't do is said before it is asked. @throws PbxError of the phase `before_send` */
function checkPlan({ numbers, dial_as, label }: Template, { first, second, dialAs }: CallPlan): void {
  const given = [
    ['dial_first', first, numbers?.first],
    ['dial_second', second, numbers?.second],
  ] as const;
  for (const [field, number, form] of given) {
    if (form === undefined) continue;
    const { characters, max = DIGITS_MAX } = form;
    const fits = number.length <= max && Array.from(number).every((char) => characters.includes(char));
    if (!fits) throw faults.numberRefused(field, number, characters, max);
  }
  if (dialAs === undefined || dial_as === 'passed') return;
  const only = dial_as === 'first_only' ? first : undefined;
  if (dialAs !== only) throw faults.dialAsRefused(label, dialAs, only);
}

/** The order for these numbers: some APIs have another for a number of their own than for one outside. */
function callStep({ call, inside }: Template, settings: Settings, plan: CallPlan): Step {
  if (inside === undefined) return call;
  const number = inside.number === 'first' ? plan.first : plan.second;
  return number.length <= Number(settings['inside_digits']) ? inside.call : call;
}
