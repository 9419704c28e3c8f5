import { rfc3339 } from '../../kit/clock.ts';
import type { Answer } from '../../switchboard/answer.ts';
import type { RequestHistory } from '../../switchboard/request-history.ts';
import { cspOf, escapeHtml } from '../page-safety.ts';
import { outline } from './present-history.ts';

interface Line {
  readonly label: string;
  readonly text: string;
}

/** What the documented error `url` shows: when and what was asked, and when and what the PBX answered. */
function lines(history: RequestHistory): Line[] {
  const { request, sent, received } = outline(history);
  const answer = history.entries.find((entry) => entry.kind === 'answer')?.data as Answer | undefined;
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

/** For `curl` and other programs that read text. Control characters are shown, not obeyed: the text ends in a terminal. */
export function errorText(history: RequestHistory): string {
  const shown = lines(history).map(({ label, text }) => {
    const body = text
      .replaceAll('\r\n', '\n')
      .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '\uFFFD');
    return body.includes('\n') ? `${label}:\n  ${body.replaceAll('\n', '\n  ')}` : `${label}: ${body}`;
  });
  return `Click-2-Call\n\n${shown.join('\n')}\n`;
}

/** For a browser. Nothing in it is a script, and every value is text: a caller's name or a PBX's reply may be hostile. */
export function errorHtml(history: RequestHistory): string {
  const rows = lines(history).map(({ label, text }) => {
    const body = escapeHtml(text);
    return `<dt>${label}</dt><dd>${text.includes('\n') ? `<pre>${body}</pre>` : body}</dd>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Click-2-Call: ${escapeHtml(history.call.outcome.replace('_', ' '))}</title>
<style>${ERROR_PAGE_STYLE}</style>
<main><h1>What became of this click</h1><dl>
${rows.join('\n')}
</dl></main>
</html>
`;
}

const ERROR_PAGE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
h1 { font-size: 1.3rem; font-weight: 600 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.5rem }
dt { opacity: .65 }
dd { margin: 0; overflow-wrap: anywhere }
pre { margin: 0; font: .85rem/1.5 ui-monospace, monospace; white-space: pre-wrap }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .75rem } }
`;

export const ERROR_PAGE_CSP = cspOf(ERROR_PAGE_STYLE);
