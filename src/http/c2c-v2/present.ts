import type { CallResponse } from '../../../contract/c2c-v2.ts';
import { callForPages } from '../../calls/call-for-pages.ts';
import { presentCall } from '../../calls/present-call.ts';
import type { Answer, AnswerError } from '../../switchboard/answer.ts';
import type { Explained } from '../../switchboard/explain-call.ts';
import type { CallRecord } from '../../switchboard/ports.ts';
import { presentExplanation } from '../present-explanation.ts';

/** How this installation speaks of itself in answers. */
export interface Self {
  readonly serverId: string;
  /** Without a closing slash. */
  readonly publicUrl: string;
}

/** What stands beside the documented fields. */
interface More {
  readonly isRepeat?: boolean;
  readonly call?: CallRecord | undefined;
  readonly explained?: Explained;
  /** It goes into a web page, where everybody reads it. */
  readonly isForPages?: boolean;
}

/** An answer in the documented form. */
export function presentAnswer(self: Self, answer: Answer, more: More = {}): CallResponse {
  const url = answer.errorToken === undefined ? '' : errorUrl(self, answer.requestId, answer.errorToken);
  return {
    response: {
      request_id: answer.requestId,
      status: answer.outcome === 'accepted' ? 'success' : 'fail',
      errors: answer.errors.map((error) => presentError(error, url)),
      ...(more.isRepeat === true ? { repeated: true, notice: REPEAT_NOTICE } : {}),
      ...(more.call === undefined ? {} : { call: callOf(more.call, more.isForPages) }),
      ...(more.explained === undefined ? {} : { explanation: presentExplanation(more.explained) }),
    },
    method: `${answer.kind}.call`,
    server_id: self.serverId,
  };
}

function callOf(call: CallRecord, isForPages = false) {
  const shown = presentCall(call, call.life);
  return isForPages ? callForPages(shown) : shown;
}

export function errorUrl(self: Self, requestId: string, token: string): string {
  return `${self.publicUrl}/c2c/v2/errors/${requestId}/${token}`;
}

const REPEAT_NOTICE =
  'The same click came twice within a short time: this is the answer to the first, and nobody was rung again.';

function presentError(error: AnswerError, url: string): CallResponse['response']['errors'][number] {
  return {
    error: {
      message: error.message,
      url,
      code: error.code,
      ...(error.pbxMessage === undefined ? {} : { pbx_message: error.pbxMessage }),
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    },
  };
}
