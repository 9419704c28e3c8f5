import type { CREATE_CALL } from '../../../../contract/v3/calls.ts';
import { maskKeys } from '../../../access/key-text.ts';
import { TIMEOUT_SECONDS_DEFAULT } from '../../../calls/plan-call.ts';
import { answerForPages } from '../../../switchboard/answer-for-pages.ts';
import { Problem } from '../problem.ts';
import type { Handler } from '../route.ts';
import { problemOfAnswer } from './problem-of-answer.ts';
import { requestOf } from './request-of.ts';
import { shownTo } from './shown-to.ts';

export const createCall: Handler<typeof CREATE_CALL> = async (ask, deps) => {
  const { body, query, principal, askedAtMicros } = ask;
  const idempotencyKey = readIdempotencyKey(ask.header('idempotency-key'));
  const {
    answer: whole,
    isRepeat,
    call: placed,
  } = await deps.placeCall.placeCall(principal, {
    request: requestOf(body),
    seen: ask.seen(),
    refusals: ask.refusals,
    repeatWindowMicros: 0,
    askedAtMicros,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(body.reference !== undefined && { reference: maskKeys(body.reference) }),
  });
  const answer = principal.kind === 'publishable' ? answerForPages(whole) : whole;
  const replayed = isRepeat ? { 'idempotent-replayed': 'true' } : {};
  if (answer.outcome !== 'accepted' && answer.outcome !== 'in_doubt')
    throw problemOfAnswer(answer, { ...replayed, location: `/v3/calls/${answer.requestId}` });
  const { wait = 'accepted' } = query;
  const { timeout = TIMEOUT_SECONDS_DEFAULT } = body;
  const call =
    wait === 'accepted' && placed !== undefined
      ? placed
      : await deps.awaitCall.reach(answer.requestId, wait, timeout, deps.closing);
  return {
    status: answer.outcome === 'accepted' ? 201 : 202,
    headers: { ...replayed, location: `/v3/calls/${call.id}` },
    body: shownTo(principal, call),
  };
};

const HEADER = 'Idempotency-Key';

/** As it stands, or in quotes, as a structured header has it (RFC 9651). @throws Problem */
function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = header.replace(/^"(.*)"$/, '$1');
  if (/^[!#-~]{1,255}$/.test(key)) return key;
  const detail = `${HEADER} can not be used; give 1 to 255 visible ASCII characters without quotes, such as a UUID.`;
  throw new Problem('parameter_invalid', detail, {
    errors: [{ field: HEADER, code: 'parameter_invalid', detail }],
  });
}
