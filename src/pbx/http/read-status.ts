import { meaningOf, type Cause } from '../../calls/cause.ts';
import type { PbxFact } from '../../calls/fact.ts';
import type { HttpAnswer } from '../wire/http-client.ts';
import { AnswerReader } from './read-answer.ts';
import type { Seen, Template } from './template.ts';

/** What an answer to the question for a call says; undefined: it is no answer to it. */
export function readStatus(
  { step, absent, states }: NonNullable<Template['status']>,
  answer: HttpAnswer,
): readonly PbxFact[] | undefined {
  const reader = new AnswerReader(answer);
  if (reader.matches(absent)) return [{ type: 'ended' }];
  if (!reader.matches(step.success)) return undefined;
  const seen = states.find((state) => reader.matches(state));
  return seen === undefined ? [] : factsOf(seen, reader);
}

function factsOf({ means, said, sip }: Seen, reader: AnswerReader): readonly PbxFact[] {
  switch (means) {
    case 'ringing':
    case 'answered':
      return [{ type: 'leg', side: 'first', happened: means }];
    case 'connected':
      return [{ type: 'connected' }];
    case 'ended':
      return [{ type: 'ended' }];
    case 'busy':
    case 'declined':
    case 'no_answer':
    case 'unavailable':
    case 'congestion':
    case 'failed': {
      const status = Number(sip === undefined ? undefined : reader.at(sip));
      const text = (said === undefined ? undefined : reader.at(said)) ?? means;
      const told: Cause = { text, ...(status >= 300 ? { sip: status } : {}) };
      // A word for all failures says less than the status of the phone.
      const cause = means === 'failed' && meaningOf(told) !== 'unknown' ? told : { ...told, means };
      return [{ type: 'leg', side: 'first', happened: 'ended', cause }, { type: 'ended' }];
    }
  }
}
