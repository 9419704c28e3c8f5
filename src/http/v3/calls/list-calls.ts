import type { LIST_CALLS } from '../../../../contract/v3/calls.ts';
import { presentCall } from '../../../calls/present-call.ts';
import { cursorOf, placeOf } from '../page.ts';
import type { Handler } from '../route.ts';
import { callFilter } from './call-filter.ts';

const CALL_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const listCalls: Handler<typeof LIST_CALLS> = async ({ principal, query }, { journal }) => {
  const { limit = 50, cursor } = query;
  const { calls, next } = await journal.callsOf({
    tenantId: principal.tenantId,
    ...callFilter(query),
    afterId: placeOf(cursor, CALL_ID),
    limit,
  });
  const items = calls.map((call) => presentCall(call, call.life));
  return { status: 200, body: { items, next: next === undefined ? null : cursorOf(next) } };
};
