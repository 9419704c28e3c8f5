import { PbxError, type Frame, type SessionDeps } from '../contract.ts';
import { HttpClient, NoAnswer, type HttpAnswer } from '../wire/http-client.ts';
import { decodeReply, NotAnAnswer, readable, start, type ApiReply } from './decoder.ts';
import { encodeRequest, type ApiRequest } from './encoder.ts';
import * as faults from './faults.ts';
import { authorizationOf, firstScheme, nextScheme, secretsOf, type Scheme } from './login.ts';
import type { SwitchvoxSettings } from './manifest.ts';

/** The HTTP answer to one request, and what it says in terms of the Extend API. */
export interface BoxAnswer {
  readonly status: number;
  /** Undefined: it is no answer of the Extend API; `problem` then has its beginning. */
  readonly reply: ApiReply | undefined;
  readonly problem: string;
}

/** Nothing sent, a challenge answered, and its nonce run out: more rounds than these no honest box asks for. */
const ROUNDS_MAX = 3;
/** A refused login is not repeated at once: the PBX may lock out an address that tries too often. */
const REFUSED_MS = 10_000;

/** One Switchvox: requests of the Extend API, logged in as the box asks for. */
export class Box {
  readonly #settings: SwitchvoxSettings;
  readonly #deps: SessionDeps;
  readonly #http: HttpClient;
  #scheme: Scheme;
  /** The first request: the others wait for it, so that a wrong password is tried once, not twenty times. */
  #proving: Promise<unknown> | undefined;
  #isProven = false;
  #refusal: { readonly error: PbxError; readonly untilMs: number } | undefined;

  constructor(settings: SwitchvoxSettings, deps: SessionDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#http = new HttpClient(settings, deps.guard, deps.clock);
    this.#scheme = firstScheme(settings);
  }

  /** How the box had us log in. */
  get scheme(): Scheme['by'] {
    return this.#scheme.by;
  }

  /**
   * Sends one request, and again where the box asks for a login: a 401 is the box's word that it did nothing.
   * @param exchange gets every frame, in the order of the wire
   * @throws PbxError of the phase `before_send`: no connection, or the login is refused
   * @throws NoAnswer where the request may have been carried out
   * @throws UnsafeParameter where the request can't be written
   */
  async ask(request: ApiRequest, withinMs: number, exchange: Frame[]): Promise<BoxAnswer> {
    if (!this.#isProven && this.#proving !== undefined) await this.#proven();
    if (this.#refusal !== undefined && this.#refusal.untilMs > this.#nowMs)
      throw faults.withExchange(this.#refusal.error, []);
    const work = this.#ask(request, withinMs, exchange);
    if (this.#isProven) return work;
    this.#proving = work;
    try {
      return await work;
    } finally {
      if (this.#proving === work) this.#proving = undefined;
    }
  }

  /** Ends all connections and what waits on them. Idempotent. */
  close(): Promise<void> {
    return this.#http.close();
  }

  get #nowMs(): number {
    return this.#deps.clock.monotonicMs();
  }

  /** For whoever waits for the first request, its failure is theirs; they themselves have sent nothing. */
  async #proven(): Promise<void> {
    try {
      await this.#proving;
    } catch (error) {
      throw error instanceof PbxError ? faults.withExchange(error, []) : faults.linkLost(error, []);
    }
  }

  async #ask(request: ApiRequest, withinMs: number, exchange: Frame[]): Promise<BoxAnswer> {
    const body = encodeRequest(request, this.#settings.format);
    const untilMs = this.#nowMs + withinMs;
    let scheme = this.#scheme;
    for (let round = 1; ; round++) {
      const answer = await this.#send(body, scheme, Math.max(1, Math.ceil(untilMs - this.#nowMs)), exchange);
      const isRefused = answer.status === 401 || answer.status === 403;
      const next = isRefused
        ? nextScheme(scheme, this.#settings, answer.headers['www-authenticate'], round > 1)
        : undefined;
      if (next !== undefined && round < ROUNDS_MAX) {
        scheme = next;
        continue;
      }
      // A box that took this login before, or explains itself, says no to the request and not to the login.
      const read = this.#read(answer);
      const isAboutRequest =
        answer.status === 403 && (this.#isProven || (read.reply?.errors.length ?? 0) > 0);
      if (isRefused && !isAboutRequest) throw this.#refused(answer, read, exchange);
      if (!isRefused) this.#remember(scheme);
      return read;
    }
  }

  /** Only a challenge whose answer was taken is shared: until then no other request counts its uses. */
  #remember(scheme: Scheme): void {
    this.#scheme = scheme;
    this.#isProven = true;
    this.#refusal = undefined;
  }

  async #send(body: string, scheme: Scheme, withinMs: number, exchange: Frame[]): Promise<HttpAnswer> {
    const { format } = this.#settings;
    const uri = `/${format}`;
    const authorization = authorizationOf(scheme, this.#settings, { method: 'POST', uri });
    try {
      const answer = await this.#http.send({
        method: 'POST',
        path: uri,
        // `text/json` and `text/xml` look to new versions like a wrong login.
        headers: {
          'content-type': `application/${format}`,
          accept: `application/${format}`,
          ...(authorization === undefined ? {} : { authorization }),
        },
        body,
        withinMs,
        secrets: secretsOf(this.#settings),
      });
      exchange.push(...answer.frames.map((frame) => readable(frame, format)));
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer) exchange.push(readable(error.sent, format));
      throw error;
    }
  }

  #read({ status, headers, body }: HttpAnswer): BoxAnswer {
    try {
      return { status, reply: decodeReply(body, this.#settings.format), problem: '' };
    } catch (error) {
      if (!(error instanceof NotAnAnswer)) throw error;
      // The box's own words, as far as it has any: what they are not, the remedy says.
      const type = headers['content-type'] ?? '';
      return { status, reply: undefined, problem: `HTTP ${status} ${type}: ${start(body)}` };
    }
  }

  #refused(answer: HttpAnswer, read: BoxAnswer, exchange: readonly Frame[]): PbxError {
    const offers = answer.headers['www-authenticate'];
    const error = faults.loginRefused(read, offers, this.#settings, exchange);
    this.#isProven = false;
    this.#scheme = firstScheme(this.#settings);
    this.#refusal = { error, untilMs: this.#nowMs + REFUSED_MS };
    return error;
  }
}
