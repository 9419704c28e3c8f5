import { separateAtBlanks, separateBrackets, separateInline } from './separate-string.ts';

/** Whom to ring. */
export type Target =
  | { readonly by: 'user'; readonly number: string; readonly at: string }
  /** Through the dialplan of a context. */
  | { readonly by: 'loopback'; readonly number: string; readonly context: string }
  | { readonly by: 'gateway'; readonly number: string }
  /** `error/USER_BUSY`: nobody; the cause is the answer. */
  | { readonly by: 'error'; readonly number: string }
  /** An endpoint that the sandbox has not. */
  | { readonly by: 'none'; readonly number: string };

/** An originate that was understood. */
export interface Order {
  readonly uuid: string;
  readonly target: Target;
  readonly timeoutMs: number;
  readonly variables: ReadonlyMap<string, string>;
  /** What the channel does once it is answered. */
  readonly applications: readonly (readonly [name: string, data: string])[];
}

const DEFAULT_TIMEOUT_S = 60;
export const USAGE =
  '-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>] [<timeout_sec>]\n';

/** @returns undefined where FreeSWITCH answers with its usage. */
export function readOrder(text: string): Order | undefined {
  const [dial, exten, dialplan = 'XML', context = 'default', name, number, seconds] = separateAtBlanks(
    text,
    8,
  );
  if (dial === undefined || exten === undefined) return undefined;
  const read = separateBrackets(dial);
  if (read === undefined) return undefined;
  const variables = new Map(read.variables);
  if (name !== undefined) variables.set('origination_caller_id_name', name);
  if (number !== undefined) variables.set('origination_caller_id_number', number);
  const timeout = Number.parseInt(variables.get('originate_timeout') ?? seconds ?? '', 10);
  return {
    uuid: variables.get('origination_uuid') ?? '',
    target: readTarget(read.rest),
    timeoutMs: (timeout > 0 ? timeout : DEFAULT_TIMEOUT_S) * 1000,
    variables,
    applications:
      dialplan === 'inline'
        ? separateInline(exten)
        : exten.startsWith('&')
          ? [readApplication(exten)]
          : [['transfer', `${exten} ${dialplan} ${context}`]],
  };
}

function readApplication(text: string): [string, string] {
  const [, name = '', data = ''] = /^&([^(]*)(?:\((.*)\))?/s.exec(text) ?? [];
  return [name, data];
}

function readTarget(text: string): Target {
  const [kind = '', ...rest] = text.split('/');
  const [one = '', two = '', three = ''] = rest;
  if (kind === 'user') return { by: 'user', number: one.split('@')[0] ?? '', at: one };
  if (kind === 'loopback') return { by: 'loopback', number: one, context: two || 'default' };
  if (kind === 'sofia')
    return { by: 'gateway', number: (one === 'gateway' ? three : two).split('@')[0] ?? '' };
  return { by: kind === 'error' ? 'error' : 'none', number: one };
}
