/** A request as a vendor's endpoint sees it. */
export interface VendorRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** As it was sent. */
  readonly url: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An order as the sandbox understood it. */
export interface HttpOrder {
  readonly first: string;
  readonly second: string;
  readonly dialAs?: string;
  readonly timeout?: string;
  /** The caller's own id of the call, where the API carries one. */
  readonly reference?: string;
}

/** What a request comes to: an answer at once, or an order, whose numbers decide which answer it gets. */
export type Outcome =
  | { readonly is: 'answer'; readonly reply: Reply; readonly login?: boolean }
  | {
      readonly is: 'order';
      readonly order: HttpOrder;
      /** `id`: the PBX's own id of the call. */
      readonly accepted: (id: string) => Reply;
      readonly denied: Reply;
      /** For a number that nobody has; absent: this API takes it, and the call fails later. */
      readonly unknown?: Reply;
      /** The context whose rights count, where the API has one. */
      readonly context?: string;
    };

/** How a call that was ordered fares. */
export interface HttpCallState {
  readonly id: string;
  readonly order: HttpOrder;
  readonly state: 'queued' | 'ringing_first' | 'ringing_second' | 'connected' | 'ended';
  /** What its first phone ended the call with, as a SIP status; 0: it did not. */
  readonly sip: number;
  /** Its first phone was picked up. */
  readonly isAnswered: boolean;
}

/** The calls that were ordered. */
export interface Calls {
  find(id: string): HttpCallState | undefined;
  /** Ends a call, or the last one that has begun from a number. False: there is none in progress. */
  hangUp(which: { readonly id: string } | { readonly first: string }): boolean;
}

/** The login and the tokens of one sandbox. */
export interface Accounts {
  readonly username: string;
  readonly secret: string;
  /** A new token, valid until `expire`. */
  issue(): string;
  isValid(token: string | undefined): boolean;
}

/** One vendor's API, as far as a click needs it. */
export type Vendor = (request: VendorRequest, accounts: Accounts, calls: Calls) => Outcome;

export function answer(status: number, json: unknown, login = false): Outcome {
  return { is: 'answer', reply: jsonReply(status, json), login };
}

export function jsonReply(status: number, json: unknown): Reply {
  return { status, type: 'application/json', body: JSON.stringify(json) };
}

/** The body as a JSON object; empty where it is none. */
export function jsonOf(request: VendorRequest): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(request.body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function objectAt(
  value: Readonly<Record<string, unknown>>,
  key: string,
): Readonly<Record<string, unknown>> {
  const found = value[key];
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}

export function textAt(value: Readonly<Record<string, unknown>>, key: string): string {
  const found = value[key];
  return typeof found === 'string' ? found : '';
}

/** `Basic …` read back; undefined where it is not there. */
export function basicOf(request: VendorRequest): { username: string; secret: string } | undefined {
  const coded = /^Basic (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
  if (coded === undefined) return undefined;
  const [username = '', ...secret] = Buffer.from(coded, 'base64').toString('utf8').split(':');
  return { username, secret: secret.join(':') };
}

export function bearerOf(request: VendorRequest): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
}

/** The sandbox's ids of users and devices end in their extension: `…-000000000101`, `user101`. */
export function extensionIn(id: string): string {
  return /(?<=\D0*)[1-9]\d*$/.exec(id)?.[0] ?? '';
}
