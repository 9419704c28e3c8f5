import { findEndpoint } from '../endpoints.ts';
import { answer, bearerOf, jsonOf, jsonReply, textAt, type Vendor } from './vendor.ts';

/** 3CX V20's Call Control API: /connect/token and /callcontrol/{dn}. What a refused makecall looks like is not documented. */
export const threeCx: Vendor = (request, accounts, calls) => {
  const { method, path } = request;
  if (method === 'POST' && path === '/connect/token') {
    const form = new URLSearchParams(request.body);
    const isRight =
      form.get('client_id') === accounts.username &&
      form.get('client_secret') === accounts.secret &&
      form.get('grant_type') === 'client_credentials';
    return isRight
      ? answer(200, { token_type: 'Bearer', expires_in: 60, access_token: accounts.issue() }, true)
      : answer(400, { error: 'invalid_client' }, true);
  }
  if (!accounts.isValid(bearerOf(request))) return { is: 'answer', reply: { status: 401, body: '' } };
  const [, owner = '', participant = ''] =
    /^\/callcontrol\/([^/]+)\/participants\/([^/]+)\/drop$/.exec(path) ?? [];
  if (method === 'POST' && participant !== '')
    return calls.find(participant)?.order.first === owner && calls.hangUp({ id: participant })
      ? answer(200, { finalstatus: 'Success', reason: 'None', reasontext: '' })
      : { is: 'answer', reply: { status: 404, body: '' } };
  const [, dn = '', makecall] = /^\/callcontrol\/([^/]+)(\/makecall)?$/.exec(path) ?? [];
  if (findEndpoint(dn) === undefined) return { is: 'answer', reply: { status: 403, body: '' } };
  if (method === 'GET' && makecall === undefined)
    return answer(200, { dn, type: 'Wextension', devices: [], participants: [] });
  const destination = textAt(jsonOf(request), 'destination');
  if (method !== 'POST' || makecall === undefined || destination === '')
    return answer(422, { finalstatus: 'Failed', reason: 'None', reasontext: 'Bad request' });
  const failed = (reasontext: string) =>
    jsonReply(200, { finalstatus: 'Failed', reason: 'None', reasontext });
  return {
    is: 'order',
    order: { first: dn, second: destination },
    accepted: (id) =>
      jsonReply(200, {
        finalstatus: 'Success',
        reason: 'None',
        reasontext: '',
        result: {
          id,
          status: 'Dialing',
          dn,
          party_caller_id: destination,
          device_id: 'sip:1',
          callid: 4_711,
          legid: 1,
        },
      }),
    denied: { status: 403, body: '' },
    unknown: failed('Destination is not reachable'),
  };
};
