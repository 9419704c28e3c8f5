import {
  answer,
  bearerOf,
  jsonOf,
  jsonReply,
  objectAt,
  textAt,
  type Calls,
  type HttpCallState,
  type Outcome,
  type Vendor,
  type VendorRequest,
} from './vendor.ts';

/** jambonz' API server for one account, `acc0unt`, with one application, `app`. Which numbers exist its carriers know. */
export const jambonz: Vendor = (request, accounts, calls) => {
  const { method, path } = request;
  if (bearerOf(request) !== accounts.secret)
    return { is: 'answer', reply: { status: 401, body: 'Unauthorized' } };
  if (method === 'GET' && path === '/v1/Accounts/acc0unt')
    return answer(200, { account_sid: 'acc0unt', name: 'Sandbox' });
  const [, sid] = /^\/v1\/Accounts\/acc0unt\/Calls\/([^/]+)$/.exec(path) ?? [];
  if (sid !== undefined) return aboutCall(request, sid, calls);
  const [, account] = /^\/v1\/Accounts\/([^/]+)\/Calls$/.exec(path) ?? [];
  if (method !== 'POST' || account === undefined) return { is: 'answer', reply: { status: 404, body: '' } };
  const json = jsonOf(request);
  const [to, tag] = [objectAt(json, 'to'), objectAt(json, 'tag')];
  const application = textAt(json, 'application_sid');
  const first = to['type'] === 'user' ? textAt(to, 'name').replace(/@.*$/, '') : textAt(to, 'number');
  const refuse = (msg: string) => answer(400, { msg });
  if (account !== 'acc0unt') return refuse(`unauthorized createCall request for account ${account}`);
  if (textAt(json, 'from') === '') return refuse('missing from parameter');
  if (first === '') return refuse(`missing or invalid to property: ${JSON.stringify(to)}`);
  if (application !== 'app') return refuse(`application_sid not found ${application}`);
  return {
    is: 'order',
    order: {
      first,
      second: textAt(tag, 'dial_second'),
      timeout: String(json['timeout']),
      reference: textAt(tag, 'click2call_id'),
    },
    accepted: (id) => jsonReply(201, { sid: id }),
    denied: jsonReply(480, { msg: 'no available feature servers at this time' }),
  };
};

/** `no-answer` ends what rings and `completed` what was answered; each says 202, and leaves the other be. */
function aboutCall(request: VendorRequest, sid: string, calls: Calls): Outcome {
  const call = calls.find(sid);
  if (call === undefined) return { is: 'answer', reply: { status: 404, body: '' } };
  if (request.method === 'GET')
    return answer(200, { call_sid: sid, call_status: statusOf(call), sip_status: sipOf(call) });
  const wanted = textAt(jsonOf(request), 'call_status');
  if (wanted === (call.isAnswered ? 'completed' : 'no-answer')) calls.hangUp({ id: sid });
  return { is: 'answer', reply: { status: 202, body: '' } };
}

function statusOf({ state, sip, isAnswered }: HttpCallState): string {
  if (state !== 'ended') return state === 'queued' ? 'trying' : isAnswered ? 'in-progress' : 'ringing';
  if (isAnswered) return 'completed';
  return { 0: 'no-answer', 486: 'busy' }[sip] ?? 'failed';
}

function sipOf({ state, sip, isAnswered }: HttpCallState): number {
  if (state === 'ended' && !isAnswered) return sip === 0 ? 487 : sip;
  return isAnswered ? 200 : 180;
}
