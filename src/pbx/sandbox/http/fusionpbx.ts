import { findEndpoint } from '../endpoints.ts';
import type { Reply, Vendor } from './vendor.ts';

function page(body: string): Reply {
  return { status: 200, type: 'text/html; charset=UTF-8', body: `<html><body>\n${body}\n</body></html>` };
}

const FORM =
  "<form>\n<input name='src_cid_name' class='formfld'>\n<input name='src' class='formfld'>\n</form>";

/** FusionPBX's click_to_call.php, with the user's key in the query. */
export const fusionpbx: Vendor = ({ method, path, query }, accounts) => {
  if (method !== 'GET' || path !== '/app/click_to_call/click_to_call.php')
    return { is: 'answer', reply: { status: 404, body: '' } };
  if (query.get('key') !== accounts.secret) {
    const location = `/?path=${encodeURIComponent(path)}`;
    return { is: 'answer', reply: { status: 302, headers: { location }, body: '' } };
  }
  const [first, second] = [query.get('src') ?? '', query.get('dest') ?? ''];
  if (first === '' || second === '') return { is: 'answer', reply: page(FORM) };
  const result = (text: string) =>
    page(
      `<div align='center'><strong>${first} has called ${second}</strong></div>\n` +
        `<div align='center'><br />${text}<br /><br /></div>\n${FORM}`,
    );
  if (findEndpoint(first) === undefined) return { is: 'answer', reply: result('-ERR SUBSCRIBER_ABSENT') };
  return {
    is: 'order',
    order: { first, second },
    accepted: (id) => result(`+OK ${id}`),
    denied: { status: 200, type: 'text/html; charset=UTF-8', body: 'access denied' },
    unknown: result('-ERR NO_ROUTE_DESTINATION'),
  };
};
