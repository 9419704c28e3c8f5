import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Call } from '../../../../contract/v3/call.ts';
import type { EXPORT_CALLS } from '../../../../contract/v3/calls.ts';
import { presentCall } from '../../../calls/present-call.ts';
import type { CallQuery } from '../../../switchboard/ports.ts';
import type { V3Deps } from '../deps.ts';
import type { Handler } from '../route.ts';
import { callFilter } from './call-filter.ts';
import { csvLine } from './csv.ts';

const PAGE = 500;

export const exportCalls: Handler<typeof EXPORT_CALLS> = ({ principal, query }, { journal, closing }) => {
  const asked = { tenantId: principal.tenantId, ...callFilter(query), limit: PAGE };
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="calls.csv"',
    },
    // Where a page can not be read, the connection breaks: nobody takes half a table for a whole one.
    stream: (response) => void write(response, journal, asked, closing).catch(() => response.destroy()),
  };
};

/** A page at a time, as fast as it is taken. */
async function write(
  response: ServerResponse,
  journal: V3Deps['journal'],
  asked: Omit<CallQuery, 'afterId'>,
  closing: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const left = AbortSignal.any([gone.signal, closing]);
  response.write(csvLine(Object.keys(COLUMNS)));
  let afterId: string | undefined;
  do {
    left.throwIfAborted();
    const { calls, next } = await journal.callsOf({ ...asked, afterId });
    const lines = calls.map((call) => lineOf(presentCall(call, call.life)));
    if (!response.write(lines.join(''))) await once(response, 'drain', { signal: left });
    afterId = next;
  } while (afterId !== undefined);
  response.end();
}

function lineOf(call: Call): string {
  return csvLine(Object.values(COLUMNS).map((cell) => cell(call)));
}

const COLUMNS: Readonly<Record<string, (call: Call) => string | number | null>> = {
  id: ({ id }) => id,
  asked_at: (call) => call.asked_at,
  dial_first: (call) => call.dial_first,
  dial_second: (call) => call.dial_second,
  dial_as: (call) => call.dial_as,
  pbx: ({ pbx }) => pbx,
  reference: ({ reference }) => reference,
  state: ({ state }) => state,
  disposition: ({ disposition }) => disposition,
  ended_by: (call) => call.ended_by,
  first_answered_at: ({ legs }) => legs[0]?.answered_at ?? null,
  second_answered_at: ({ legs }) => legs[1]?.answered_at ?? null,
  connected_at: (call) => call.connected_at,
  ended_at: (call) => call.ended_at,
  duration_seconds: (call) => call.duration_seconds,
  talk_seconds: (call) => call.talk_seconds,
  diagnosis: ({ diagnosis }) => diagnosis?.code ?? null,
  says: ({ diagnosis }) => diagnosis?.says ?? null,
};
