import { findEndpoint } from '../endpoints.ts';
import { accountIdOf, describeExtension, extensionsBetween, findAccount } from './accounts.ts';
import type { Treatment } from './carry-out.ts';
import type { Request, Tree } from './envelope.ts';
import type { Caller } from './gate.ts';
import type { ForeignCall } from './options.ts';
import { ApiError } from './take-order.ts';

/** Every method that only tells or ends something. Calls are made by `place-call.ts`. */
export const METHODS: Readonly<Record<string, (request: Request, caller: Caller, room: Treatment) => Tree>> =
  {
    'switchvox.extensions.getInfo': ({ parameters }) => {
      const extensions = [parameters['extensions'] ?? []].flat();
      const accountIds = [parameters['account_ids'] ?? []].flat();
      if (extensions.length + accountIds.length === 0)
        throw new ApiError(10000, 'Missing extensions or account_ids');
      const bad = extensions.find((extension) => !/^[0-9*]+$/.test(extension));
      if (bad !== undefined)
        throw new ApiError(10010, `Invalid extension (${bad}). Extensions may only contain digits or *.`);
      const badId = accountIds.find((id) => !/^\d+$/.test(id));
      if (badId !== undefined)
        throw new ApiError(10014, `Invalid account_id (${badId}). Account_ids may only contain digits.`);
      const found = [...extensions.map(findEndpoint), ...accountIds.map(findAccount)];
      return { extensions: { extension: found.filter((each) => each !== undefined).map(describeExtension) } };
    },
    'switchvox.extensions.search': ({ parameters }) => {
      const text = (name: string, otherwise: string) => [parameters[name] ?? []].flat()[0] ?? otherwise;
      const found = extensionsBetween(text('min_extension', '100'), text('max_extension', '999'));
      const size = Math.min(100, Math.max(1, Number(text('items_per_page', '50'))));
      const page = Math.max(1, Number(text('page_number', '1')));
      return {
        extensions: {
          page_number: String(page),
          total_pages: String(Math.ceil(found.length / size)),
          items_per_page: String(size),
          total_items: String(found.length),
          extension: found.slice((page - 1) * size, page * size).map(describeExtension),
        },
      };
    },
    'switchvox.currentCalls.getList': (_request, _caller, room) => currentCalls(room),
    'switchvox.currentCalls.hangUp': ({ parameters }, _caller, { calls }) => {
      const id = String(parameters['current_call_id'] ?? '');
      if (id === '') throw new ApiError(10011, 'Missing required parameter (current_call_id)');
      if (!calls.hangUp(id)) throw new ApiError(10010, `Invalid current_call_id (${id}).`);
      return {};
    },
    'switchvox.users.getMyInfo': (_request, caller) => {
      const own = caller.role === 'user' ? findEndpoint(caller.extension) : undefined;
      if (own === undefined) throw new ApiError(97203, 'Permission denied.');
      return { extension: { ...describeExtension(own), account_id: accountIdOf(own) } };
    },
  };

function currentCalls({ calls, faults, variant }: Treatment): Tree {
  const shown = calls.current.filter((call) => calls.isOlder(call, faults.showsLate ?? 0));
  const ours = shown.map((call) => {
    const [from, to] =
      variant.showsFirst === 'as_called' && call.state === 'ringing_first'
        ? [call.second, call.first]
        : [call.first, call.second];
    const state = call.state === 'talking' ? 'talking' : 'ringing';
    return describeCall(call.id, { from, to, state, duration: calls.secondsOf(call) }, call.startedMicros);
  });
  const foreign = (faults.foreignCalls ?? []).map((call, index) =>
    describeCall(`SIP/other-${index}`, call, 0),
  );
  const all = [...ours, ...foreign];
  return { current_calls: { total_items: String(all.length), current_call: all } };
}

function describeCall(
  id: string,
  { from, to, state, duration }: ForeignCall,
  startedMicros: number,
): Record<string, string> {
  return {
    id,
    state,
    start_time: new Date(startedMicros / 1000).toISOString().replace('T', ' ').slice(0, 19),
    duration: String(duration),
    to_caller_id_name: findEndpoint(to)?.name ?? '',
    to_caller_id_number: to,
    from_caller_id_name: findEndpoint(from)?.name ?? '',
    from_caller_id_number: from,
    provider: 'Internal',
    format: 'ulaw',
  };
}
