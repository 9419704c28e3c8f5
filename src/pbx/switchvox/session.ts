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
} from '../contract.ts';
import { NoAnswer } from '../wire/http-client.ts';
import { Accounts, type Account } from './accounts.ts';
import { Box, type BoxAnswer } from './box.ts';
import { CallWatcher } from './call-watcher.ts';
import { GET_CURRENT_CALLS, hangUpRequest, readCurrentCalls, type CurrentCall } from './current-calls.ts';
import { asNode, textOf } from './decoder.ts';
import { UnsafeParameter } from './encoder.ts';
import { examine } from './examine.ts';
import { explain } from './explain.ts';
import * as faults from './faults.ts';
import { followsCalls, type SwitchvoxSettings } from './manifest.ts';
import { orderRefused, type OrderContext } from './order-refused.ts';
import { orderRequest } from './order.ts';
import { question } from './question.ts';
import { inDoubt } from '../link-faults.ts';

/** Whether the answer comes at once or when the first phone was answered is not documented: wait for either. */
const GRACE_SECONDS = 15;

/** What the box says of a call that is not there. */
const NO_SUCH_CALL = '10010';

/** One Switchvox, asked over its Extend API. It tells nothing by itself, and has no ids for calls. */
export class SwitchvoxSession implements PbxSession {
  readonly #settings: SwitchvoxSettings;
  readonly #deps: SessionDeps;
  readonly #box: Box;
  readonly #accounts: Accounts;
  /** Undefined: calls are not followed. */
  readonly #watcher: CallWatcher | undefined;

  constructor(settings: SwitchvoxSettings, deps: SessionDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#box = new Box(settings, deps);
    this.#accounts = new Accounts(settings, this.#box, () => deps.clock.monotonicMs());
    this.#watcher = followsCalls(settings)
      ? new CallWatcher(
          { list: () => this.#currentCalls([]), end: (call) => this.#end(call, []) },
          settings.poll_seconds * 1000,
          deps,
        )
      : undefined;
  }

  async originate(plan: CallPlan): Promise<PbxExchange> {
    const exchange: Frame[] = [];
    const dialAs = await this.#dialAs(plan, exchange);
    this.#watcher?.watch(plan);
    try {
      const answer = await this.#order(plan, dialAs, exchange);
      this.#judge(answer, { first: plan.first, second: plan.second, dialAs: dialAs.extension }, exchange);
      this.#watcher?.ordered(plan.channelId, dialled(answer));
      return exchange;
    } catch (error) {
      if (error instanceof PbxError && error.phase === 'in_doubt') this.#watcher?.ordered(plan.channelId);
      else this.#watcher?.forget(plan.channelId);
      throw error;
    }
  }

  lookUp(channelId: string): Promise<ChannelState> {
    if (this.#watcher?.stateOf(channelId) !== 'watched') return Promise.resolve('unknown');
    const { failure } = this.#watcher;
    return failure === undefined ? Promise.resolve('alive') : Promise.reject(failure);
  }

  async hangUp(channelId: string): Promise<PbxExchange> {
    const exchange: Frame[] = [];
    if (this.#watcher === undefined)
      throw faults.notFollowed(
        'Set follow_calls to true and role to administrator, or end it at one of the phones.',
      );
    if (this.#watcher.stateOf(channelId) === 'over') return exchange;
    if (this.#watcher.stateOf(channelId) === undefined) {
      // Nobody knows which it is; where there are none, it is none.
      if ((await this.#currentCalls(exchange)).length > 0) throw faults.notToldApart(exchange);
      return exchange;
    }
    const seen = await this.#watcher.lookFor(channelId);
    if (seen === 'not_told_apart') throw faults.notToldApart(exchange);
    if (seen === 'absent') this.#watcher.doom(channelId);
    else await this.#end(seen, exchange);
    return exchange;
  }

  async explain(plan: CallPlan): Promise<Explanation> {
    const exchange: Frame[] = [];
    const dialAs = await this.#dialAs(plan, exchange);
    return explain(plan, dialAs, this.#accounts, this.#settings, exchange);
  }

  examine(extension?: string): AsyncIterable<Finding> {
    return examine(this.#settings, this.#deps, extension);
  }

  close(): Promise<void> {
    this.#watcher?.stop();
    return this.#box.close();
  }

  /** @throws PbxError */
  async #currentCalls(exchange: Frame[]): Promise<readonly CurrentCall[]> {
    const reply = await question(this.#box, GET_CURRENT_CALLS, this.#settings, exchange);
    const calls = readCurrentCalls(reply);
    if (calls === undefined) throw faults.callsRefused(reply.errors, exchange);
    return calls;
  }

  /** @throws PbxError */
  async #end({ id }: CurrentCall, exchange: Frame[]): Promise<void> {
    const { errors } = await question(this.#box, hangUpRequest(id), this.#settings, exchange);
    const refused = errors.filter(({ code }) => code !== NO_SUCH_CALL);
    if (refused.length > 0) throw faults.callsRefused(refused, exchange);
  }

  /** Whose rights: those of `dial_as`, else of the first number where it is an extension, else of the PBX's default. */
  async #dialAs(plan: CallPlan, exchange: Frame[]): Promise<Account> {
    if (this.#settings.role === 'user') return this.#ownAccount(plan, exchange);
    const find = (extension: string) => this.#accounts.find(extension, exchange);
    if (plan.dialAs === undefined) {
      const first = await find(plan.first);
      if (first !== undefined) return first;
    }
    const named = plan.dialAs ?? this.#settings.default_dial_as;
    if (named === '') throw faults.noDialAs(plan.first, exchange);
    const account = await find(named);
    if (account === undefined) throw faults.dialAsUnknown(named, exchange);
    return account;
  }

  /** An extension's login dials as itself, whatever the first number is. */
  async #ownAccount(plan: CallPlan, exchange: Frame[]): Promise<Account> {
    const own = await this.#accounts.own(exchange);
    if (own === undefined) throw faults.dialAsUnknown(this.#settings.username, exchange);
    if (plan.dialAs !== undefined && plan.dialAs !== own.extension)
      throw faults.dialAsOther(plan.dialAs, own.extension, exchange);
    return own;
  }

  async #order(plan: CallPlan, dialAs: Account, exchange: Frame[]): Promise<BoxAnswer> {
    const seconds = this.#settings.answer_seconds || plan.timeoutSeconds + GRACE_SECONDS;
    try {
      return await this.#box.ask(
        orderRequest(plan, dialAs.accountId, this.#settings),
        seconds * 1000,
        exchange,
      );
    } catch (error) {
      if (error instanceof UnsafeParameter) throw faults.unsafe(error, exchange);
      if (error instanceof NoAnswer) throw inDoubt(error.message, exchange);
      throw error;
    }
  }

  /** Resolves to nothing where the PBX took the order. What is neither yes nor no is in doubt. */
  #judge(answer: BoxAnswer, about: OrderContext, exchange: Frame[]): void {
    const { status, reply, problem } = answer;
    if (reply !== undefined && reply.errors.length > 0) {
      const refused = orderRefused(reply.errors, about, exchange);
      if (refused.code === 'dial_as_unknown') this.#accounts.forget(about.dialAs);
      throw refused;
    }
    if (status === 403) throw faults.forbidden(answer, exchange);
    // A redirect or a path that is not there: a web server's no, and nothing has gone to the PBX behind it.
    if (reply === undefined && status >= 300 && status < 500)
      throw faults.notExtend('refused', problem, this.#settings, exchange);
    if (reply?.result === undefined || status >= 300)
      throw inDoubt(problem || `HTTP ${status}, with neither a result nor an error`, exchange);
  }
}

/** The digits really dialled, with the prefix of the account's Call API settings. */
function dialled({ reply }: BoxAnswer): { first?: string; second?: string } {
  const info = asNode(reply?.result?.['call_info']);
  const [first, second] = [textOf(info?.['dialed_first']), textOf(info?.['dialed_second'])];
  return { ...(first !== undefined && { first }), ...(second !== undefined && { second }) };
}
