import { findEndpoint } from '../endpoints.ts';
import { answer, extensionIn, jsonOf, jsonReply, objectAt, textAt, type Vendor } from './vendor.ts';

const CALL = /^\/v2\/accounts\/([^/]+)\/(users|devices)\/([^/]+)\/quickcall\/([^/]+)$/;

/** Kazoo's api_auth and quickcall by POST, for one account, `acc0unt`. */
export const kazoo: Vendor = (request, accounts, calls) => {
  const { method, path } = request;
  const data = objectAt(jsonOf(request), 'data');
  if (method === 'PUT' && path === '/v2/api_auth') {
    if (textAt(data, 'api_key') !== accounts.secret)
      return { ...failure('401', 'invalid_credentials'), login: true };
    const auth_token = accounts.issue();
    return answer(201, { auth_token, data: { account_id: 'acc0unt' }, status: 'success' }, true);
  }
  const token = request.headers['x-auth-token'];
  if (!accounts.isValid(token)) return failure('401', 'invalid_credentials');
  const [, channel] = /^\/v2\/accounts\/acc0unt\/channels\/([^/]+)-quickcall$/.exec(path) ?? [];
  if (method === 'PUT' && channel !== undefined) {
    const isHangup = textAt(objectAt(data, 'data'), 'module') === 'hangup';
    if (!isHangup || !calls.hangUp({ id: channel })) return failure('404', 'bad identifier');
    return answer(202, { auth_token: token, data: {}, status: 'success' });
  }
  const [, account, , id = '', second = ''] = CALL.exec(path) ?? [];
  if (account !== 'acc0unt' || method !== 'POST') return failure('404', 'bad identifier');
  const first = extensionIn(id);
  if (findEndpoint(first) === undefined) return failure('404', 'bad identifier');
  const timeout = data['timeout'];
  if (typeof timeout !== 'number' || timeout < 3) return failure('400', 'invalid data');
  const reference = textAt(objectAt(data, 'custom_application_vars'), 'click2call_id');
  return {
    is: 'order',
    order: { first, second, timeout: String(timeout), reference },
    accepted: (call) =>
      jsonReply(202, {
        auth_token: token,
        data: { application_name: 'transfer', endpoints: [{ outbound_call_id: `${call}-quickcall` }] },
        status: 'success',
      }),
    denied: jsonReply(403, {
      data: { message: 'forbidden' },
      error: '403',
      message: 'forbidden',
      status: 'error',
    }),
    unknown: jsonReply(500, {
      auth_token: token,
      data: { error_message: 'DESTINATION_OUT_OF_ORDER', request: { timeout } },
      error: '500',
      message: 'quickcall initiation failed',
      status: 'error',
    }),
  };
};

function failure(error: string, message: string) {
  return answer(Number(error), { data: { message }, error, message, status: 'error' });
}
