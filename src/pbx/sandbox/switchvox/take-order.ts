import { findEndpoint, type Endpoint } from '../endpoints.ts';
import { dialplanHas } from '../numbers.ts';
import { accountIdOf, findAccount } from './accounts.ts';
import type { Order } from './calls.ts';
import type { Request } from './envelope.ts';
import type { Caller } from './gate.ts';
import type { SwitchvoxVariant } from './options.ts';

/** An error of the Extend API, with a code and a text of its documentation where that has one. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The 20 characters of `caller_id_name` are the documentation's. */
const NAME_MAX = 20;
const NEW_PARAMETERS = ['timeout_second_call', 'auto_answer'];

/**
 * Reads and checks `switchvox.call` or `switchvox.users.call`.
 * @throws ApiError
 */
export function readOrder({ parameters }: Request, caller: Caller, variant: SwitchvoxVariant): Order {
  const text = (name: string) => [parameters[name] ?? ''].flat()[0] ?? '';
  const isUser = caller.role === 'user';
  const required = ['dial_first', 'dial_second', ...(isUser ? [] : ['dial_as_account_id'])];
  const missing = required.find((name) => text(name) === '');
  if (missing !== undefined) throw new ApiError(10011, `Missing required parameter (${missing})`);
  const unknown = NEW_PARAMETERS.find((name) => name in parameters && variant.knowsNewParameters === false);
  if (unknown !== undefined) throw new ApiError(10013, `Invalid parameter (${unknown})`);
  if (text('caller_id_name').length > NAME_MAX)
    throw new ApiError(10012, `Invalid caller_id_name (${text('caller_id_name')}).`);

  const account = accountFor(caller, text(isUser ? 'account_id' : 'dial_as_account_id'));
  const [first, second] = [text('dial_first'), text('dial_second')];
  for (const number of [first, second]) {
    if (!/^[0-9*#+]+$/.test(number))
      throw new ApiError(10010, `Invalid extension (${number}). Extensions may only contain digits or *.`);
    if (!dialplanHas(account.context, number)) throw new ApiError(10010, `Invalid extension (${number}).`);
  }
  const isOutside = findEndpoint(second) === undefined;
  const prefix = isOutside && text('ignore_user_api_settings') !== '1' ? (variant.prefix ?? '') : '';
  return {
    first,
    second,
    dialedSecond: `${prefix}${second}`,
    dialAs: account.id,
    accountId: accountIdOf(account),
    callerIdName: text('caller_id_name') || 'PBX',
    timeout: Number(text('timeout') || '30'),
    timeoutSecond: 'timeout_second_call' in parameters ? Number(text('timeout_second_call')) : undefined,
    autoAnswer: text('auto_answer') === '1',
    ignoresCallRules: text('ignore_user_call_rules') === '1',
    variables: readVariables([parameters['variables'] ?? []].flat()),
  };
}

function accountFor(caller: Caller, accountId: string): Endpoint {
  const own = caller.role === 'user' ? findEndpoint(caller.extension) : undefined;
  if (own !== undefined && accountId === '') return own;
  if (!/^\d+$/.test(accountId))
    throw new ApiError(10014, `Invalid account_id (${accountId}). Account_ids may only contain digits.`);
  const account = findAccount(accountId);
  if (account === undefined || (own !== undefined && own.id !== account.id))
    throw new ApiError(84711, 'That account_id is invalid.');
  return account;
}

function readVariables(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
