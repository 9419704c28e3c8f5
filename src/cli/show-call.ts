import type { Call } from '../../contract/v3/call.ts';
import { isOver } from '../calls/life.ts';
import type { Told } from '../control/messages.ts';
import type { Answer } from '../switchboard/answer.ts';
import { CommandFailed, EXIT } from './failure.ts';
import { LiveCall } from './live-call.ts';
import type { JsonOption } from './options.ts';
import { visible, type Terminal } from './terminal.ts';

interface ShowOptions extends JsonOption {
  /** Until the call is over. */
  readonly wait: boolean;
}

/**
 * Shows what is told of a call until it is over, or left.
 * @param left aborted: somebody at the terminal hears no more of it
 * @throws CommandFailed where both were not connected
 */
export async function showCall(
  terminal: Terminal,
  { json, wait }: ShowOptions,
  told: AsyncIterable<Told>,
  left: AbortSignal,
): Promise<void> {
  const out = (text: string) => (json === true ? undefined : terminal.out(text));
  const { answer, call } = await hear(told, left, out);
  if (answer === undefined) throw new CommandFailed(EXIT.left, [LEFT_EARLY]);
  if (json === true) terminal.out(JSON.stringify({ ...toJson(answer), ...(call && { call }) }));
  if (answer.outcome !== 'accepted') throw failureOfAnswer(answer);
  if (!wait) return;
  if (call === undefined || !isOver(call)) throw failureOfFollowing(answer, left);
  const says = visible([call.diagnosis?.says, call.diagnosis?.remedy].filter(Boolean).join(' '));
  if (call.disposition === 'unknown') throw new CommandFailed(EXIT.notKnown, [says]);
  if (call.disposition !== 'answered') throw new CommandFailed(EXIT.notAnswered, [says]);
  out(says);
}

/** @returns the answer to the order, and the call as it was told last */
async function hear(
  told: AsyncIterable<Told>,
  left: AbortSignal,
  out: (text: string) => void,
): Promise<{ readonly answer: Answer | undefined; readonly call: Call | undefined }> {
  const live = new LiveCall();
  let answer: Answer | undefined;
  let call: Call | undefined;
  try {
    for await (const each of told) {
      if ('answer' in each) {
        ({ answer } = each);
        out(toText(answer));
      } else if ('call' in each) {
        ({ call } = each);
        for (const line of live.news(call)) out(line);
      }
    }
  } catch (error) {
    // Who has left hears no more, which is no fault.
    if (!left.aborted) throw error;
  }
  return { answer, call };
}

const LEFT_EARLY =
  'Left before the PBX had answered; the call may be made. See the journal before you call again.';

/** It goes on without us. */
function failureOfFollowing({ requestId }: Answer, left: AbortSignal): CommandFailed {
  const how = `See it: click2call show ${requestId}. End it: DELETE /v3/calls/${requestId}.`;
  return left.aborted
    ? new CommandFailed(EXIT.left, [`The call goes on. ${how}`])
    : new CommandFailed(EXIT.notKnown, [`The server ended, and the call may go on. ${how}`]);
}

/** The names of the HTTP answer, where it has them. */
function toJson({ requestId, outcome, kind, errors }: Answer) {
  return {
    request_id: requestId,
    status: outcome === 'accepted' ? 'success' : 'fail',
    outcome,
    method: `${kind}.call`,
    errors: errors.map(({ code, message, pbxMessage, remedy }) => ({
      message,
      code,
      ...(pbxMessage === undefined ? {} : { pbx_message: pbxMessage }),
      ...(remedy === undefined ? {} : { remedy }),
    })),
  };
}

const OUTCOMES: Readonly<Record<Answer['outcome'], string>> = {
  accepted: 'success: the PBX took the order',
  refused: 'fail: no PBX was asked',
  failed: 'fail: the PBX did not take the order',
  in_doubt: 'fail: whether the PBX took the order is not known',
  originating: 'fail: there is no outcome yet',
};

function toText({ requestId, outcome }: Answer): string {
  return `${OUTCOMES[outcome]}\nrequest ${requestId}\nSee it: click2call show ${requestId}`;
}

/** What we refuse is wrong input; what the PBX refuses is a call that failed. */
function failureOfAnswer({ outcome, errors }: Answer): CommandFailed {
  const exitCode = outcome === 'refused' ? EXIT.wrongInput : EXIT.failed;
  return new CommandFailed(
    exitCode,
    errors.map(({ message }) => visible(message)),
  );
}
