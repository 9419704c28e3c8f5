import { pathOf, type RestAnswer, type RestAsk, type RestTransport } from '../asterisk/ari/rest.ts';
import type { HttpAsk, HttpClient } from '../wire/http-client.ts';
import type { AriSettings } from './manifest.ts';

const ANSWER_MS_MAX = 10_000;

/** ARI's requests by HTTP, with the user's Basic credential. */
export class HttpTransport implements RestTransport {
  readonly #http: HttpClient;
  readonly #authorization: string;
  readonly #password: string;

  constructor(http: HttpClient, settings: Pick<AriSettings, 'username' | 'password'>) {
    this.#http = http;
    this.#authorization = basicCredential(settings);
    this.#password = settings.password;
  }

  send(ask: RestAsk): Promise<RestAnswer> {
    return this.#http.send(this.#request(ask));
  }

  written(ask: RestAsk): string {
    return this.#http.written(this.#request(ask));
  }

  #request(ask: RestAsk): HttpAsk {
    const body = ask.body === undefined ? undefined : JSON.stringify(ask.body);
    return {
      method: ask.method,
      path: `/ari/${pathOf(ask)}`,
      headers: {
        authorization: this.#authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      withinMs: ANSWER_MS_MAX,
      secrets: [this.#password],
    };
  }
}

/** RFC 7617. */
export function basicCredential({ username, password }: Pick<AriSettings, 'username' | 'password'>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
