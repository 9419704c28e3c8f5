import { READ_ME } from '../../../contract/v3/me.ts';
import { readMe } from './me/read-me.ts';
import { route, type Route } from './route.ts';

/**
 * All of `/v3`: what is asked for, where, what a key needs for it, and who answers. A new row is an operation in
 * `contract/v3/`, a handler in a folder here, and a line; its key, query and body are checked before the handler is asked.
 */
// oxfmt-ignore
export const ROUTES: readonly Route[] = [
  route('GET', '/v3/me', 'any key', READ_ME, readMe),
];
