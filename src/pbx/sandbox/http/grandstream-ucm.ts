import { createHash } from 'node:crypto';
import { findEndpoint } from '../endpoints.ts';
import { answer, jsonOf, jsonReply, objectAt, textAt, type Vendor } from './vendor.ts';

const CHALLENGE = '0000001652831717';

/** The UCM's HTTPS API: challenge, login, dialExtension, dialOutbound. HTTP 200 throughout. */
export const grandstreamUcm: Vendor = (request, accounts) => {
  const asked = objectAt(jsonOf(request), 'request');
  if (request.method !== 'POST' || request.path !== '/api')
    return { is: 'answer', reply: { status: 404, body: '' } };
  const [action, user] = [textAt(asked, 'action'), textAt(asked, 'user')];
  if (action === 'challenge') {
    const isKnown = user === accounts.username && textAt(asked, 'version') !== '';
    return isKnown ? answer(200, { response: { challenge: CHALLENGE }, status: 0 }) : failure(-37, true);
  }
  if (action === 'login') {
    const right = createHash('md5').update(`${CHALLENGE}${accounts.secret}`).digest('hex');
    if (user !== accounts.username || textAt(asked, 'token') !== right) return failure(-37, true);
    return answer(200, { response: { cookie: accounts.issue() }, status: 0 }, true);
  }
  if (!accounts.isValid(textAt(asked, 'cookie'))) return failure(-6);
  const second = textAt(asked, action === 'dialExtension' ? 'callee' : 'outbound');
  const first = textAt(asked, 'caller');
  const isDial = action === 'dialExtension' || action === 'dialOutbound';
  if (!isDial || second === '' || findEndpoint(first) === undefined) return failure(-1);
  return {
    is: 'order',
    order: { first, second },
    accepted: () => jsonReply(200, { response: { need_apply: 'no' }, status: 0 }),
    denied: jsonReply(200, { response: {}, status: -47 }),
  };
};

function failure(status: number, login = false) {
  return answer(200, { response: {}, status }, login);
}
