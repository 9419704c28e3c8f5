import { answer, bearerOf, jsonOf, jsonReply, objectAt, textAt, type Vendor } from './vendor.ts';

/** jambonz' API server for one account, `acc0unt`, with one application, `app`. Which numbers exist its carriers know. */
export const jambonz: Vendor = (request, accounts) => {
  const { method, path } = request;
  if (bearerOf(request) !== accounts.secret)
    return { is: 'answer', reply: { status: 401, body: 'Unauthorized' } };
  if (method === 'GET' && path === '/v1/Accounts/acc0unt')
    return answer(200, { account_sid: 'acc0unt', name: 'Sandbox' });
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
