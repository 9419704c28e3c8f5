import { createHash } from 'node:crypto';
import { answer, jsonReply, type HttpCallState, type Vendor } from './vendor.ts';

const REALM = 'example';
const NONCE = 'dcd98b7102dd2f0e8b11d0f600bfb0c093';

/** The PBX that the driver's guide writes a template for: `GET /api/call?from=&to=` behind HTTP Digest. */
export const example: Vendor = ({ method, path, url, query, headers }, accounts, calls) => {
  if (!isRight(headers['authorization'], method, url, accounts)) {
    const challenge = `Basic realm="old", Digest realm="${REALM}", qop="auth,auth-int", nonce="${NONCE}", algorithm=MD5`;
    return {
      is: 'answer',
      reply: {
        status: 401,
        type: 'text/plain',
        headers: { 'www-authenticate': challenge },
        body: 'Who are you?',
      },
      login: true,
    };
  }
  if (method === 'GET' && path === '/api/status') return answer(200, { result: 'ok' });
  const call = calls.find(query.get('call') ?? '');
  if (method === 'GET' && (path === '/api/state' || path === '/api/hangup')) {
    if (call === undefined || (call.state === 'ended' && call.sip !== 486))
      return answer(200, { result: 'error', reason: 'no such call' });
    if (path === '/api/state') return answer(200, { result: 'ok', state: stateOf(call) });
    calls.hangUp({ id: call.id });
    return answer(200, { result: 'ok' });
  }
  if (method !== 'GET' || path !== '/api/call')
    return answer(404, { result: 'error', reason: 'no such page' });
  const [first, second] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (first === '' || second === '')
    return answer(200, { result: 'error', reason: 'from and to are needed' });
  const timeout = query.get('ring') ?? '';
  return {
    is: 'order',
    order: { first, second, timeout },
    accepted: (id) => jsonReply(200, { result: 'ok', call: id }),
    denied: jsonReply(200, { result: 'error', reason: 'not allowed' }),
    unknown: jsonReply(200, { result: 'error', reason: 'no such number' }),
  };
};

function stateOf({ state, sip }: HttpCallState): string {
  if (state === 'connected') return 'talking';
  return sip === 486 ? 'busy' : 'ringing';
}

/** RFC 7616, 3.4.1, with qop=auth. */
function isRight(
  header: string | undefined,
  method: string,
  url: string,
  login: { username: string; secret: string },
) {
  const field = (name: string) => new RegExp(`[ ,]${name}="?([^",]*)"?`).exec(header ?? '')?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const ha1 = md5(`${login.username}:${REALM}:${login.secret}`);
  const middle = [NONCE, field('nc'), field('cnonce'), 'auth'].join(':');
  return field('uri') === url && field('response') === md5(`${ha1}:${middle}:${md5(`${method}:${url}`)}`);
}
