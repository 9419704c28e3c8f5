import type { CallPlan } from '../../calls/call.ts';
import {
  PbxError,
  type ChannelState,
  type Explanation,
  type Finding,
  type Frame,
  type PbxExchange,
  type PbxSession,
  type SessionDeps,
  type Settings,
} from '../contract.ts';
import { typed } from '../setting-types.ts';
import { HttpClient, NoAnswer, type HttpAnswer } from '../wire/http-client.ts';
import { CallFollower, type Taken, type Told } from './call-follower.ts';
import { COMMON_SETTINGS, type CommonSettings } from './common-settings.ts';
import { UnsafeValue } from './encode.ts';
import { examine } from './examine.ts';
import { explain } from './explain.ts';
import * as faults from './faults.ts';
import { FOLLOW_SETTINGS } from './follow-settings.ts';
import { judge } from './judge.ts';
import { Login, type LoginValues } from './login.ts';
import { endsCalls, followsCalls } from './manifest.ts';
import { AnswerReader } from './read-answer.ts';
import { readStatus } from './read-status.ts';
import { hiddenForms, sendStep } from './send-step.ts';
import type { Step, Template } from './template.ts';
import { placeholdersIn } from './template-texts.ts';
import { NotInMap, type Sources } from './values.ts';
import { inDoubt } from '../link-faults.ts';

const DIGITS_MAX = 64;
const QUESTION_MS_MAX = 10_000;
/** Ids of calls, those in progress and those that were. */
const KNOWN_MAX = 10_000;

/** One PBX over its own HTTP API, as its template describes it. */
export class HttpSession implements PbxSession {
  readonly #template: Template;
  readonly #settings: Settings;
  readonly #common: CommonSettings;
  readonly #deps: SessionDeps;
  readonly #client: HttpClient;
  readonly #login: Login;
  /** Undefined: calls are not followed. */
  readonly #follower: CallFollower | undefined;
  readonly #taken = new Map<string, Taken>();
  /** Absent where the PBX's API can't, or is not set up for it. */
  readonly hangUp?: (channelId: string) => Promise<PbxExchange>;

  constructor(template: Template, settings: Settings, deps: SessionDeps) {
    this.#template = template;
    this.#settings = settings;
    this.#common = typed(COMMON_SETTINGS, settings);
    this.#deps = deps;
    this.#client = new HttpClient(this.#common, deps.guard, deps.clock);
    this.#login = new Login(template, settings, this.#client, deps);
    if (followsCalls(template, settings)) {
      const { poll_seconds } = typed(FOLLOW_SETTINGS, settings);
      this.#follower = new CallFollower((taken) => this.#statusOf(taken), poll_seconds * 1_000, deps);
    }
    if (endsCalls(template, settings)) this.hangUp = (channelId) => this.#hangUp(channelId);
  }

  async originate(plan: CallPlan): Promise<PbxExchange> {
    checkPlan(this.#template, plan);
    const step = callStep(this.#template, this.#settings, plan);
    const exchange: Frame[] = [];
    for (let attempt = 1; ; attempt++) {
      const login = await this.#login.ready();
      const sources = this.#sources({ plan, login });
      const answer = await this.#order(step, sources, exchange);
      const verdict = judge(step, answer, hiddenForms(sources));
      if (verdict.is === 'success') {
        this.#take(plan, answer);
        return exchange;
      }
      if (!verdict.loginAgain || attempt > 1) throw faults.refused(verdict, exchange);
      // The PBX refused a lapsed login and did not look at the order: it is given once more.
      this.#login.forget(login);
    }
  }

  /** A PBX knows its calls by ids of its own: only those that were ordered here can be asked for. */
  lookUp(channelId: string): Promise<ChannelState> {
    if (this.#follower?.follows(channelId) !== true) return Promise.resolve('unknown');
    const failure = this.#follower.failureOf(channelId);
    return failure === undefined ? Promise.resolve('alive') : Promise.reject(failure);
  }

  async explain(plan: CallPlan): Promise<Explanation> {
    checkPlan(this.#template, plan);
    const login = await this.#login.ready();
    try {
      return explain(callStep(this.#template, this.#settings, plan), plan, this.#sources({ plan, login }));
    } catch (error) {
      throw asPbxError(error, []);
    }
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
    this.#follower?.stop();
    return this.#client.close();
  }

  #sources(of: Pick<Sources, 'plan' | 'login' | 'pbxCallId'>): Sources {
    return { template: this.#template, settings: this.#settings, ...of };
  }

  async #order(step: Step, sources: Sources, exchange: Frame[]): Promise<HttpAnswer> {
    const withinMs = this.#common.answer_seconds * 1_000;
    try {
      return await sendStep(step, { client: this.#client, sources, withinMs, exchange });
    } catch (error) {
      if (error instanceof NoAnswer) throw inDoubt(error.message, exchange);
      const known = asPbxError(error, exchange);
      throw known instanceof PbxError
        ? known
        : inDoubt(error instanceof Error ? error.message : String(error), exchange);
    }
  }

  /** Remembers what the PBX calls the call, and begins to ask for it. */
  #take(plan: CallPlan, answer: HttpAnswer): void {
    const { call_id: place, status } = this.#template;
    const pbxCallId = place === undefined ? undefined : new AnswerReader(answer).at(place);
    const taken = { plan, pbxCallId };
    this.#taken.set(plan.channelId, taken);
    const [oldest] = this.#taken.keys();
    if (this.#taken.size > KNOWN_MAX && oldest !== undefined) this.#taken.delete(oldest);
    if (this.#follower === undefined || status === undefined) return;
    const { channelId } = plan;
    if (pbxCallId !== undefined || !namesCallByItsId(status.step)) return this.#follower.follow(taken);
    const fact = { type: 'untold', why: 'cannot_tell' } as const;
    this.#deps.emit({ type: 'call', channelId, atMicros: this.#deps.clock.nowMicros(), fact });
  }

  /** @throws PbxError */
  async #statusOf(taken: Taken): Promise<Told> {
    const { status } = this.#template;
    if (status === undefined) throw new Error('A call is followed that can not be.');
    const exchange: Frame[] = [];
    return this.#question(status.step, taken, exchange, (answer) => {
      const facts = readStatus(status, answer);
      return facts === undefined ? undefined : { facts, frame: exchange.at(-1) };
    });
  }

  async #hangUp(channelId: string): Promise<PbxExchange> {
    const { cancel } = this.#template;
    const taken = this.#taken.get(channelId);
    if (taken === undefined || cancel === undefined) throw faults.callNotKnown();
    if (taken.pbxCallId === undefined && cancel.steps.some(namesCallByItsId)) throw faults.callNotKnown();
    const exchange: Frame[] = [];
    for (const step of cancel.steps) {
      await this.#question(step, taken, exchange, (answer) => {
        const reader = new AnswerReader(answer);
        const isAbsent = cancel.absent !== undefined && reader.matches(cancel.absent);
        return isAbsent || reader.matches(step.success) ? true : undefined;
      });
    }
    return exchange;
  }

  /**
   * Asks about a call that was taken; once more where the login had lapsed.
   * @param read undefined: the answer is none to this
   * @throws PbxError
   */
  async #question<Result>(
    step: Step,
    { plan, pbxCallId }: Taken,
    exchange: Frame[],
    read: (answer: HttpAnswer) => Result | undefined,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const login = await this.#login.ready();
      const sources = this.#sources({ plan, login, ...(pbxCallId === undefined ? {} : { pbxCallId }) });
      const sending = { client: this.#client, sources, withinMs: QUESTION_MS_MAX, exchange };
      const answer = await sendStep(step, sending).catch((error: unknown) => {
        throw asPbxError(error, exchange);
      });
      const result = read(answer);
      if (result !== undefined) return result;
      const verdict = judge(step, answer, hiddenForms(sources));
      if (verdict.is === 'success') throw new Error('A good answer was not read.');
      if (!verdict.loginAgain || attempt > 1) throw faults.questionRefused(verdict, exchange);
      this.#login.forget(login);
    }
  }
}

/** Whether it asks by the id that the PBX gave the call. */
function namesCallByItsId(step: Step): boolean {
  return placeholdersIn(step).some(({ source, name }) => source === 'call' && name === 'pbx_call_id');
}

function asPbxError(error: unknown, exchange: PbxExchange): unknown {
  if (error instanceof NoAnswer) return faults.noAnswer(error.message, exchange);
  if (error instanceof NotInMap) return faults.notInMap(error);
  return error instanceof UnsafeValue ? faults.unsafe(error.message) : error;
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
