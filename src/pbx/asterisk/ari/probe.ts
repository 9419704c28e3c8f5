import { newToken } from '../../../kit/ids.ts';
import type { Frame } from '../../contract.ts';
import { requestRefused } from './faults.ts';
import { fieldOf, isSuccess, wordsOf, type AriConnection, type RestAsk } from './rest.ts';

/** Should we die before we delete it, the PBX ends it by itself. */
const SECONDS_MAX = '10';
/** What Asterisk says of a function without a value, e.g. `PJSIP_ENDPOINT` of an endpoint that does not exist. */
const NO_VALUE = 'Unable to read provided function';

/**
 * A channel that is made only to read dialplan functions on: ARI evaluates them on a channel and nowhere else. It is
 * never dialled, so nothing rings and no dialplan runs. It is made at the first question, and deleted by `end`.
 */
export class Probe {
  readonly #connection: AriConnection;
  readonly #exchange: Frame[];
  readonly #id = `probe-${newToken(9)}`;
  #made: Promise<void> | undefined;

  /** @param exchange gets the frames. */
  constructor(connection: AriConnection, exchange: Frame[]) {
    this.#connection = connection;
    this.#exchange = exchange;
  }

  /**
   * The value of a function as the PBX has it now; '' where it has none.
   * @throws PbxError where the login may not ask
   * @throws NoAnswer where the link broke
   */
  async read(expression: string): Promise<string> {
    this.#made ??= this.#make();
    await this.#made;
    const path = ['channels', this.#id, 'variable'];
    const answer = await this.#send({ method: 'GET', path, query: { variable: expression } });
    const value = fieldOf(answer, 'value');
    if (isSuccess(answer) && typeof value === 'string') return value;
    if (wordsOf(answer) === NO_VALUE) return '';
    throw requestRefused(answer, this.#exchange);
  }

  /** Deletes what was made. A link that breaks is no fault here: the PBX ends the channel by itself. */
  async end(): Promise<void> {
    if (this.#made === undefined) return;
    await this.#made
      .then(() => this.#send({ method: 'DELETE', path: ['channels', this.#id] }))
      .catch(() => undefined);
  }

  async #make(): Promise<void> {
    const body = {
      endpoint: `Local/${this.#id}@click2call/n`,
      app: this.#connection.app,
      channelId: this.#id,
      variables: { 'TIMEOUT(absolute)': SECONDS_MAX },
    };
    const answer = await this.#send({ method: 'POST', path: ['channels', 'create'], body });
    if (!isSuccess(answer)) throw requestRefused(answer, this.#exchange);
  }

  async #send(ask: RestAsk) {
    const answer = await this.#connection.orders.send(ask);
    this.#exchange.push(...answer.frames);
    return answer;
  }
}
