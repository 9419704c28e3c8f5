import { findEndpoint } from '../endpoints.ts';
import {
  answer,
  basicOf,
  extensionIn,
  jsonOf,
  jsonReply,
  objectAt,
  textAt,
  type Calls,
  type Outcome,
  type Vendor,
} from './vendor.ts';

/** wazo-auth's token and wazo-calld's `POST /calls`, with the errors of plugins/calls and plugin_helpers/exceptions.py. */
export const wazo: Vendor = (request, accounts, calls) => {
  const { method, path } = request;
  if (method === 'POST' && path === '/api/auth/0.1/token') {
    const login = basicOf(request);
    const isRight = login?.username === accounts.username && login.secret === accounts.secret;
    return isRight
      ? answer(200, { data: { token: accounts.issue() } }, true)
      : answer(401, { reason: ['Authentication Failed'], timestamp: [0], status_code: 401 }, true);
  }
  const [, id] = /^\/api\/calld\/1\.0\/calls(?:\/([^/]+))?$/.exec(path) ?? ['', ''];
  if (id === '' || (id === undefined && method !== 'POST')) return answer(404, { message: 'Not found' });
  const token = request.headers['x-auth-token'];
  if (!accounts.isValid(token))
    return answer(401, { ...error('unauthorized', 'Unauthorized'), details: { invalid_token: token } });
  if (id !== undefined) return aboutCall(method, id, calls);

  const json = jsonOf(request);
  const destination = objectAt(json, 'destination');
  const second = textAt(destination, 'extension');
  const context = textAt(destination, 'context');
  const user = textAt(objectAt(json, 'source'), 'user');
  const first = extensionIn(user);
  if (second === '' || context === '' || destination['priority'] !== 1 || user === '')
    return answer(400, error('invalid-data', 'Sent data is invalid'));
  if (findEndpoint(first) === undefined) return answer(400, error('invalid-user', 'Invalid user: not found'));
  return {
    is: 'order',
    order: {
      first,
      second,
      dialAs: context,
      reference: textAt(objectAt(json, 'variables'), 'CLICK2CALL_ID'),
    },
    context,
    accepted: (id) =>
      jsonReply(201, { call_id: id, status: 'Down', user_uuid: user, bridges: [], talking_to: {} }),
    denied: jsonReply(
      403,
      error('user-permission-denied', 'User does not have permission to handle objects of other users'),
    ),
    unknown: jsonReply(400, {
      ...error('invalid-extension', 'Invalid extension'),
      details: { context, exten: second },
    }),
  };
};

/** A call is its first channel, as ARI shows it, and the bridges that this is in. */
function aboutCall(method: string, id: string, calls: Calls): Outcome {
  const call = calls.find(id);
  if (call === undefined || call.state === 'ended') return answer(404, error('no-such-call', 'No such call'));
  if (method === 'DELETE') {
    calls.hangUp({ id });
    return { is: 'answer', reply: { status: 204, body: '' } };
  }
  const isConnected = call.state === 'connected';
  return answer(200, {
    call_id: id,
    status: call.isAnswered ? 'Up' : call.state === 'queued' ? 'Down' : 'Ringing',
    bridges: isConnected ? ['bridge-1'] : [],
    talking_to: isConnected ? { 'call-other': null } : {},
  });
}

function error(id: string, message: string) {
  return { error_id: id, message, timestamp: 0 };
}
