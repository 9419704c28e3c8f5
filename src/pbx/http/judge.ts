import type { ErrorCode } from '../../../contract/error-codes.ts';
import type { HttpAnswer } from '../wire/http-client.ts';
import { hide } from './masked.ts';
import { AnswerReader } from './read-answer.ts';
import type { Step } from './template.ts';

const SNIPPET_MAX = 300;
const LOOK_INTO_LOG = "Look into the PBX's own log at this time.";
const BY_STATUS: Readonly<Record<number, { readonly code: ErrorCode; readonly remedy: string }>> = {
  401: {
    code: 'pbx_login_refused',
    remedy: "Check the PBX's login settings: its user or client, its secret or token.",
  },
  403: {
    code: 'pbx_permission_denied',
    remedy: 'Give our login on the PBX the right to make calls over its API.',
  },
};

/** An answer that is no success, in the PBX's own words. */
export interface Refused {
  /** unclear: the order may have been carried out. */
  readonly is: 'refused' | 'unclear';
  readonly code: ErrorCode;
  readonly said: string;
  readonly remedy: string;
  /** The PBX did not look at it, because the login had lapsed. */
  readonly loginAgain: boolean;
}

export type Verdict = { readonly is: 'success' } | Refused;

/**
 * What an answer means. Unclear is what neither the template knows nor HTTP itself tells: a server error, which may have
 * come after the order was carried out, and a good status with an answer that is not the API's.
 */
export function judge(step: Step, answer: HttpAnswer, hidden: readonly string[]): Verdict {
  const reader = new AnswerReader(answer);
  if (reader.matches(step.success)) return { is: 'success' };
  const words = (step.said ?? []).flatMap(({ named, ...place }) => {
    const found = reader.at(place);
    return found === undefined ? [] : [named === undefined ? found : `${named} ${found}`];
  });
  const said = hide(words.join(' ') || describe(answer), hidden);
  const rule = (step.refusals ?? []).find((refusal) => reader.matches(refusal));
  const known = rule ?? BY_STATUS[answer.status];
  const { status } = answer;
  const isSaid = status < 300 ? words.length > 0 : status < 500;
  const isRefused = known === undefined ? isSaid : known.code !== 'pbx_in_doubt';
  return {
    is: isRefused ? 'refused' : 'unclear',
    code: known?.code ?? 'pbx_refused',
    said,
    remedy: known?.remedy ?? LOOK_INTO_LOG,
    loginAgain: rule?.login_again === true,
  };
}

/** The status, and the answer's beginning where it is there to be read. */
function describe({ status, headers, body }: HttpAnswer): string {
  const isText = /^$|^(?:text|application)\/(?:plain|[a-z.+-]*json|[a-z.+-]*xml|html)\b/.test(
    headers['content-type'] ?? '',
  );
  const text = isText ? body.trim().slice(0, SNIPPET_MAX) : '';
  const to = headers['location'] === undefined ? '' : `, to ${headers['location'].slice(0, SNIPPET_MAX)}`;
  return text === '' ? `HTTP ${status}${to}` : `HTTP ${status}${to}: ${text}`;
}
