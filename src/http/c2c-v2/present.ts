import type { CallResponse } from '../../../contract/c2c-v2.ts';
import type { Answer, AnswerError } from '../../switchboard/answer.ts';

/** How this installation speaks of itself in answers. */
export interface Self {
  readonly serverId: string;
  /** Without a closing slash. */
  readonly publicUrl: string;
}

/** An answer in the documented form. */
export function presentAnswer(self: Self, answer: Answer, isRepeat = false): CallResponse {
  const url = answer.errorToken === undefined ? '' : errorUrl(self, answer.requestId, answer.errorToken);
  return {
    response: {
      request_id: answer.requestId,
      status: answer.outcome === 'accepted' ? 'success' : 'fail',
      errors: answer.errors.map((error) => presentError(error, url)),
      ...(isRepeat ? { repeated: true, notice: REPEAT_NOTICE } : {}),
    },
    method: `${answer.kind}.call`,
    server_id: self.serverId,
  };
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
