import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome, PbxKind } from '../calls/call.ts';
import type { Clock } from '../kit/clock.ts';
import type { Answer, AnswerError } from './answer.ts';
import type { CallRecord, Journal } from './ports.ts';

const POLL_MS = 100;
const WAIT_MS = 30_000;

/**
 * The answer that a call's request got, as soon as there is one: another process may be working on it. Where that process
 * died before it could answer, what is known of the call by now is the answer.
 */
export async function earlierAnswer(
  journal: Journal,
  clock: Clock,
  callId: string,
  kind: PbxKind,
): Promise<Answer> {
  const untilMs = clock.monotonicMs() + WAIT_MS;
  for (;;) {
    const answered = (await journal.entriesOf(callId)).find((entry) => entry.kind === 'answer');
    if (answered !== undefined) return answered.data as Answer;
    const call = await journal.callById(callId);
    if (call === undefined) throw new Error(`The call ${callId} is not in the journal any more.`);
    if (call.outcome !== 'originating' || clock.monotonicMs() > untilMs) return answerOfRow(call, kind);
    await delay(POLL_MS);
  }
}

function answerOfRow(call: CallRecord, kind: PbxKind): Answer {
  const outcome: Outcome = call.outcome === 'originating' ? 'in_doubt' : call.outcome;
  const errors = outcome === 'accepted' ? [] : [errorOfRow(call)];
  return { requestId: call.id, outcome, kind, errors, errorToken: call.errorToken };
}

function errorOfRow({ life: { problem } }: CallRecord): AnswerError {
  if (problem === undefined) return IN_DOUBT;
  const { code, said, remedy } = problem;
  return { code, message: `${said} ${remedy}`.trim(), said, remedy };
}

const SAID = 'The process that asked the PBX was stopped before it had an answer.';
const IN_DOUBT: AnswerError = {
  code: 'pbx_in_doubt',
  message: `${SAID} The phone may ring; it is not tried again.`,
  said: SAID,
};
