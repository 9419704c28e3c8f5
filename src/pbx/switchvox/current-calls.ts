import { itemsOf, textOf, type ApiReply, type Node } from './decoder.ts';
import type { ApiRequest } from './encoder.ts';

/** One row of `switchvox.currentCalls.getList`. */
export interface CurrentCall {
  /** `SIP/231-b4066e90` */
  readonly id: string;
  /** `ringing`, `talking`, `parked` and so on. */
  readonly state: string;
  /** By the box's own clock, in no zone that it names. */
  readonly startTime: string;
  /** Seconds that it has lasted, at most; undefined where the box does not say. */
  readonly lastedSeconds: number | undefined;
  readonly from: string;
  readonly to: string;
  /** As it came. */
  readonly node: Node;
}

/** All calls of the box; an administrator's method. */
export const GET_CURRENT_CALLS: ApiRequest = { method: 'switchvox.currentCalls.getList', parameters: {} };

export function hangUpRequest(id: string): ApiRequest {
  return { method: 'switchvox.currentCalls.hangUp', parameters: { current_call_id: id } };
}

/** Undefined: it is no list of calls. */
export function readCurrentCalls({ result }: ApiReply): readonly CurrentCall[] | undefined {
  if (result === undefined) return undefined;
  return itemsOf(result['current_calls'], 'current_call').map((node) => {
    const text = (name: string) => textOf(node[name]) ?? '';
    const lasted = text('duration');
    return {
      id: text('id'),
      state: text('state'),
      startTime: text('start_time'),
      lastedSeconds: /^\d{1,9}$/.test(lasted) ? Number(lasted) : undefined,
      from: plainNumber(text('from_caller_id_number')),
      to: plainNumber(text('to_caller_id_number')),
      node,
    };
  });
}

/** `(212) 555-1234` as it is dialled. */
export function plainNumber(text: string): string {
  return text.replace(/[^0-9*#+]/g, '');
}
