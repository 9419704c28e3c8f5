import type { Call } from '../contract/v3/call.ts';
import type { Problem } from '../contract/v3/problem.ts';

/** Why the server did not do what was asked; `problem` is undefined where its answer can't be read at all. */
export class Refused extends Error {
  readonly problem: Problem | undefined;

  constructor(says: string, problem?: Problem) {
    super(says);
    this.problem = problem;
  }
}

export interface Order {
  readonly body: Readonly<Record<string, string>>;
  /** Makes it safe to send the same order again. */
  readonly id: string;
}

interface More {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Click-2-Call as the element asks it: the key goes in a header, never in a URL. */
export class Server {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  /** @throws Refused */
  place({ body, id }: Order): Promise<Call> {
    return this.#ask('POST', '/v3/calls', {
      headers: { 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify(body),
    });
  }

  /** @throws Refused */
  read(id: string, signal: AbortSignal): Promise<Call> {
    return this.#ask('GET', `/v3/calls/${id}`, { signal });
  }

  /** @throws Refused */
  hangUp(id: string): Promise<Call> {
    return this.#ask('DELETE', `/v3/calls/${id}`);
  }

  /** The call's stream of events; each begins where the one before ended. @throws any error of the network */
  events(id: string, after: number, signal: AbortSignal): Promise<Response> {
    return this.#send('GET', `/v3/calls/${id}/events?after=${after}`, { signal });
  }

  async #ask(method: string, path: string, more: More = {}): Promise<Call> {
    const response = await this.#send(method, path, more).catch(async () => {
      throw new Refused(await this.#whyNoAnswer());
    });
    const body = (await response.json().catch(() => undefined)) as unknown;
    if (response.ok) return body as Call;
    const problem = body as Problem | undefined;
    throw new Refused(problem?.detail ?? `${response.status} ${response.statusText}`, problem);
  }

  #send(method: string, path: string, more: More): Promise<Response> {
    const headers = { ...more.headers, authorization: `Bearer ${this.#key}` };
    return fetch(this.#url + path, { ...more, method, headers, credentials: 'omit', cache: 'no-store' });
  }

  /** A browser does not tell a page of another origin that it was refused: so see whether anybody is there at all. */
  async #whyNoAnswer(): Promise<string> {
    if (this.#key === '') return 'The attribute key is missing; give a publishable key.';
    try {
      // Of this everybody may read the answer, whatever policy their page has.
      await fetch(`${this.#url}/widget/v1.js`, { credentials: 'omit', cache: 'no-store' });
    } catch {
      return `No answer from ${this.#url}: it does not run, or the policy of this page (connect-src) does not let it be asked.`;
    }
    return `This key is not taken from this page. It is mistyped or revoked, or its allow_origin does not name ${location.origin}.`;
  }
}
