import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Static, TObject } from 'typebox';
import type { Operation } from '../../../contract/v3/operation.ts';
import type { Scope } from '../../../contract/v3/scopes.ts';
import type { Principal } from '../../access/keys.ts';
import type { Refusal } from '../../calls/plan-call.ts';
import type { From } from '../../people/log-in.ts';
import type { Visit } from '../../people/ports.ts';
import type { SeenRequest } from '../../switchboard/place-call.ts';
import type { V3Deps } from './deps.ts';

type Fields<Schema> = Schema extends TObject ? Static<Schema> : Readonly<Record<string, never>>;

/** A request whose key, query and body are good. */
export interface Ask<O extends Operation = Operation> {
  readonly principal: Principal;
  /** Of somebody logged in. */
  readonly visit: Visit | undefined;
  /** Why a key may not make this very call; of everything else such a request does not come here. */
  readonly refusals: readonly Refusal[];
  readonly query: Fields<O['query']>;
  readonly body: Fields<O['body']>;
  readonly askedAtMicros: number;
  /** For the journal, secrets masked: of a body whose values are no objects. */
  seen(): SeenRequest;
  /** A part of the path, by its name in the route. */
  param(name: string): string;
  /** The part of the path that is a link's token: capitals count. */
  token(): string;
  readonly from: From;
  /** Whether a browser would keep the cookie of a session. */
  keepsCookie(): boolean;
  /** Undefined where it did not come; several of one name are one, with commas. */
  header(name: string): string | undefined;
}

export type Answer = Whole | Streamed;

interface Whole {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes out as JSON. Absent: no body. */
  readonly body?: unknown;
}

/** Whoever streams writes the body and ends the response; the status and the headers are on their way then. */
interface Streamed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  stream(response: ServerResponse, request: IncomingMessage): void;
}

/** @throws Problem */
export type Handler<O extends Operation> = (ask: Ask<O>, deps: V3Deps) => Promise<Answer> | Answer;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As OpenAPI writes it: `/v3/calls/{id}`. */
  readonly path: string;
  /** `any key`: every live key of an account, and everybody logged in. `a session`: them alone. `nothing`: anybody. */
  readonly needs: Scope | 'any key' | 'a session' | 'nothing';
  readonly operation: Operation;
  readonly handle: Handler<Operation>;
}

export function route<const O extends Operation>(
  method: Route['method'],
  path: string,
  needs: Route['needs'],
  operation: O,
  handle: Handler<O>,
): Route {
  // What it is given has passed the schemas of this very operation.
  return { method, path, needs, operation, handle };
}

/** Whether it changes what there is, and not only what calls there are: nothing for a key that froze itself. */
export function isManaging({ method, needs }: Route): boolean {
  return method !== 'GET' && needs.endsWith(':manage');
}
