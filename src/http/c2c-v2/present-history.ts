import type { StatusResponse } from '../../../contract/c2c-v2.ts';
import { presentCall } from '../../calls/present-call.ts';
import { utcTime } from '../../kit/clock.ts';
import { headerFields } from '../../kit/header-lines.ts';
import type { SeenRequest } from '../../switchboard/place-call.ts';
import type { JournalEntry } from '../../switchboard/ports.ts';
import type { RequestHistory } from '../../switchboard/request-history.ts';

/** One side of the exchange with the PBX, as the documented form and the error page show it. */
interface Said {
  readonly atMicros: number | undefined;
  readonly raw: string;
  readonly fields: unknown;
}

/** The documented three parts of a request's history; the journal itself holds more. */
export interface Outline {
  readonly request: SeenRequest & { readonly atMicros: number };
  readonly sent: Said;
  readonly received: Said;
}

const NOTHING: Said = { atMicros: undefined, raw: '', fields: {} };

/** The order itself is the last thing that we sent before we answered, and its answer the last that came back after it. */
export function outline({ call, entries: all }: RequestHistory): Outline {
  const answeredAt = all.findIndex(({ kind }) => kind === 'answer');
  const entries = (answeredAt < 0 ? all : all.slice(0, answeredAt)).filter(isOfOrder);
  const seen = entries.find((entry) => entry.kind === 'request')?.data as SeenRequest | undefined;
  const sentAt = entries.findLastIndex((entry) => entry.kind === 'sent');
  const received = entries.slice(sentAt + 1).findLast((entry) => entry.kind === 'received');
  return {
    request: {
      url: seen?.url ?? '',
      method: seen?.method ?? '',
      data: seen?.data ?? {},
      atMicros: call.askedAtMicros,
    },
    sent: said(entries[sentAt]),
    received: said(sentAt < 0 ? undefined : received),
  };
}

/** A hang-up may have been asked for before the order had its answer. */
function isOfOrder({ data }: JournalEntry): boolean {
  return (data as { of?: unknown } | null)?.of !== 'hang_up';
}

export function presentStatus(history: RequestHistory): StatusResponse {
  const { request, sent, received } = outline(history);
  const time = (micros: number | undefined) => (micros === undefined ? '' : utcTime(micros));
  return {
    c2c_status: {
      request: {
        'utc.time': utcTime(request.atMicros),
        request_url: request.url,
        http_method: request.method,
        request_data: request.data,
      },
      pbx_request: { 'utc.time': time(sent.atMicros), pbx_data: sent.fields },
      response: { 'utc.time': time(received.atMicros), response_data: received.fields },
      call: presentCall(history.call, history.call.life),
    },
  };
}

function said(entry: JournalEntry | undefined): Said {
  if (entry === undefined) return NOTHING;
  const { raw, fields } = entry.data as { raw: string; fields?: unknown };
  return { atMicros: entry.atMicros, raw, fields: fields ?? headerFields(raw) };
}
