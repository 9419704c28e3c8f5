import { findEndpoint } from '../endpoints.ts';
import { answer, jsonOf, jsonReply, textAt, type Vendor } from './vendor.ts';

/** Yeastar P-Series, OpenAPI v1.0. It takes an order for a number that nobody has, and reports the failure as an event. */
export const yeastarP: Vendor = (request, accounts) => {
  const { method, path, query } = request;
  const json = jsonOf(request);
  if (request.headers['user-agent'] !== 'OpenAPI') return { is: 'answer', reply: { status: 404, body: '' } };
  if (method === 'POST' && path === '/openapi/v1.0/get_token') {
    const isRight =
      textAt(json, 'username') === accounts.username && textAt(json, 'password') === accounts.secret;
    if (!isRight) return answer(200, { errcode: 70_003, errmsg: 'USERNAME OR PASSWORD ERROR' }, true);
    const expiry = { access_token_expire_time: 1_800, refresh_token_expire_time: 86_400 };
    const tokens = { access_token: accounts.issue(), refresh_token: 'of no use here' };
    return answer(200, { errcode: 0, errmsg: 'SUCCESS', ...expiry, ...tokens }, true);
  }
  if (!accounts.isValid(query.get('access_token') ?? undefined))
    return answer(200, { errcode: 10_004, errmsg: 'TOKEN EXPIRED' });
  const [caller, callee, permission] = ['caller', 'callee', 'dial_permission'].map((name) =>
    textAt(json, name),
  );
  const isOrder = method === 'POST' && path === '/openapi/v1.0/call/dial';
  const dialAs = permission === '' ? undefined : permission;
  const areKnown = [caller ?? '', dialAs ?? caller ?? ''].every((each) => findEndpoint(each) !== undefined);
  if (!isOrder || caller === undefined || callee === undefined || callee === '' || !areKnown)
    return answer(200, { errcode: 40_002, errmsg: 'PARAMETER ERROR' });
  return {
    is: 'order',
    order: { first: caller, second: callee, ...(dialAs !== undefined && { dialAs }) },
    accepted: (id) => jsonReply(200, { errcode: 0, errmsg: 'SUCCESS', call_id: id }),
    denied: jsonReply(200, { errcode: 10_005, errmsg: 'ACCESS DENIED' }),
  };
};
