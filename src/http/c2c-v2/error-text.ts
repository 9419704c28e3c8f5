import { rfc3339 } from '../../kit/clock.ts';
import type { Answer } from '../../switchboard/answer.ts';
import type { RequestHistory } from '../../switchboard/request-history.ts';
import { outline } from './present-history.ts';

interface Line {
  readonly label: string;
  readonly text: string;
}

/** What the documented error `url` shows: when and what was asked, and when and what the PBX answered. */
export function lines(history: RequestHistory): Line[] {
  const { request, sent, received } = outline(history);
  const answer = answerOf(history);
  const notes = history.entries
    .filter(({ kind }) => kind === 'note')
    .map(({ data }) => data as { says: string });
  const payload = Object.keys(request.data as object).length > 0 ? JSON.stringify(request.data, null, 2) : '';
  const at = (micros: number | undefined, missing: string) =>
    micros === undefined ? missing : rfc3339(micros);
  return [
    { label: 'Request', text: history.call.id },
    { label: 'Outcome', text: history.call.outcome.replace('_', ' ') },
    ...(answer?.errors ?? []).map((error) => ({ label: 'Error', text: error.message })),
    ...notes.map(({ says }) => ({ label: 'Noted', text: says })),
    { label: 'Requested at', text: rfc3339(request.atMicros) },
    { label: 'Requested', text: `${request.method} ${request.url}` },
    ...(request.method === 'POST' ? [{ label: 'Payload', text: payload }] : []),
    { label: 'Sent to the PBX at', text: at(sent.atMicros, 'not sent') },
    ...(sent.raw === '' ? [] : [{ label: 'Sent', text: sent.raw }]),
    { label: 'PBX answered at', text: at(received.atMicros, 'no answer') },
    ...(received.raw === '' ? [] : [{ label: 'PBX answered', text: received.raw }]),
  ];
}

export function answerOf({ entries }: RequestHistory): Answer | undefined {
  return entries.find((entry) => entry.kind === 'answer')?.data as Answer | undefined;
}

/** Control characters, and those that turn a line around, are shown and not obeyed. */
export function shown(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '\uFFFD');
}

/** For `curl` and other programs that read text. The text ends in a terminal. */
export function errorText(history: RequestHistory): string {
  const facts = lines(history).map(({ label, text }) => {
    const body = shown(text);
    return body.includes('\n') ? `${label}:\n  ${body.replaceAll('\n', '\n  ')}` : `${label}: ${body}`;
  });
  return `Click-2-Call\n\n${facts.join('\n')}\n`;
}
