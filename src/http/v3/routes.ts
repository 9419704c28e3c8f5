import {
  CREATE_CALL,
  EXPLAIN_CALL,
  HANG_UP_CALL,
  LIST_CALLS,
  READ_CALL,
  READ_JOURNAL,
} from '../../../contract/v3/calls.ts';
import { READ_ME } from '../../../contract/v3/me.ts';
import { createCall } from './calls/create-call.ts';
import { explainCall } from './calls/explain-call.ts';
import { hangUpCall } from './calls/hang-up-call.ts';
import { listCalls } from './calls/list-calls.ts';
import { readCall } from './calls/read-call.ts';
import { readJournal } from './calls/read-journal.ts';
import { readMe } from './me/read-me.ts';
import { route, type Route } from './route.ts';

/**
 * All of `/v3`: what is asked for, where, what a key needs for it, and who answers. A new row is an operation in
 * `contract/v3/`, a handler in a folder here, and a line; its key, query and body are checked before the handler is asked.
 */
// oxfmt-ignore
export const ROUTES: readonly Route[] = [
  route('POST',   '/v3/calls',              'calls:create', CREATE_CALL,  createCall),
  route('POST',   '/v3/calls/explain',      'calls:create', EXPLAIN_CALL, explainCall),
  route('GET',    '/v3/calls',              'calls:read',   LIST_CALLS,   listCalls),
  route('GET',    '/v3/calls/{id}',         'calls:read',   READ_CALL,    readCall),
  route('GET',    '/v3/calls/{id}/journal', 'calls:read',   READ_JOURNAL, readJournal),
  route('DELETE', '/v3/calls/{id}',         'calls:end',    HANG_UP_CALL, hangUpCall),

  route('GET',    '/v3/me',                 'any key',      READ_ME,      readMe),
];
