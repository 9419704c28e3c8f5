import type { Call } from '../../../contract/v3/call.ts';
import { presentCall } from '../../calls/present-call.ts';
import { rowsOf, type Row } from '../../ladder/rows.ts';
import type { Answer } from '../../switchboard/answer.ts';
import { presentEntry } from '../../switchboard/present-entry.ts';
import type { RequestHistory } from '../../switchboard/request-history.ts';
import { cspOf, escapeHtml } from '../page-safety.ts';
import { answerOf, lines, shown } from './error-text.ts';
import { LADDER_STYLE, ladderSvg } from './ladder-svg.ts';

/**
 * For a browser. Nothing in it is a script, and every value is text: a caller's name or a PBX's reply may be hostile. It tells
 * of this call, and of nothing else that the account has.
 */
export function errorHtml(history: RequestHistory, nowMicros: number): string {
  const { call: record, entries } = history;
  // What the account calls its PBX is nobody's business here.
  const call = presentCall({ ...record, pbxName: undefined }, record.life);
  const rows = rowsOf(
    call,
    entries.map((entry, seq) => presentEntry({ seq, ...entry })),
  );
  const facts = lines(history).map(({ label, text }) => {
    const body = escapeHtml(shown(text));
    return `<dt>${label}</dt><dd>${text.includes('\n') ? `<pre>${body}</pre>` : body}</dd>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Click-2-Call: ${escapeHtml(record.outcome.replace('_', ' '))}</title>
<style>${ERROR_PAGE_STYLE}</style>
<main><h1>What became of this click</h1>
${diagnosisHtml(call, answerOf(history))}
<figure tabindex="0" aria-label="The call as a ladder">${ladderSvg(call, rows.map(shownRow), nowMicros)}</figure>
<details><summary>The same in words</summary><ol>
${rows.map((row) => stepHtml(shownRow(row), record.askedAtMicros)).join('\n')}
</ol></details>
<dl>
${facts.join('\n')}
</dl></main>
</html>
`;
}

/** What happened and what to do about it; before the call is over, what was answered. */
function diagnosisHtml(call: Call, answer: Answer | undefined): string {
  const { diagnosis, disposition } = call;
  const [error] = answer?.errors ?? [];
  const says = diagnosis?.says ?? error?.said ?? 'The call goes on.';
  const remedy = diagnosis?.remedy ?? error?.remedy ?? '';
  const isBad = error !== undefined || !['answered', 'cancelled', null].includes(disposition);
  const paragraphs = [says, remedy].filter((text) => text !== '');
  const [first = '', ...more] = paragraphs.map((text) => escapeHtml(shown(text)));
  return `<section class="${isBad ? 'bad' : 'good'}"><p><strong>${first}</strong></p>${more.map((text) => `<p>${text}</p>`).join('')}</section>`;
}

function stepHtml({ atMicros, arrows, text }: Row, start: number): string {
  const said = arrows.map(({ from, to, says }) => `${LANE_NAMES[from]} to ${LANE_NAMES[to]}: ${says}`);
  const words = [...(text === undefined ? [] : [text]), ...said].join('; ');
  return `<li><time>${((atMicros - start) / 1_000_000).toFixed(3)} s</time> ${escapeHtml(words)}</li>`;
}

const LANE_NAMES = {
  us: 'us',
  pbx: 'the PBX',
  first: 'the first phone',
  second: 'the second phone',
} as const;

function shownRow(row: Row): Row {
  const arrows = row.arrows.map((arrow) => ({ ...arrow, says: shown(arrow.says) }));
  return row.text === undefined ? { ...row, arrows } : { ...row, arrows, text: shown(row.text) };
}

const ERROR_PAGE_STYLE = `
:root {
  color-scheme: light dark; --sans: system-ui, sans-serif; --mono: ui-monospace, monospace;
  --canvas: light-dark(oklch(0.984 0.003 264), oklch(0.178 0.012 264)); --surface: light-dark(oklch(1 0 0), oklch(0.213 0.014 264));
  --sunken: light-dark(oklch(0.968 0.005 264), oklch(0.155 0.012 264)); --line: light-dark(oklch(0.915 0.007 264), oklch(0.305 0.017 264));
  --edge: light-dark(oklch(0.63 0.014 264), oklch(0.55 0.018 264)); --text: light-dark(oklch(0.225 0.02 264), oklch(0.945 0.006 264));
  --muted: light-dark(oklch(0.48 0.018 264), oklch(0.74 0.014 264)); --accent: light-dark(oklch(0.505 0.19 267), oklch(0.76 0.115 267));
  --good: light-dark(oklch(0.49 0.115 155), oklch(0.79 0.14 155)); --warn: light-dark(oklch(0.5 0.11 70), oklch(0.82 0.13 80));
  --bad: light-dark(oklch(0.52 0.19 25), oklch(0.76 0.135 22)); --shade: light-dark(oklch(0 0 0 / 16%), oklch(0 0 0 / 70%));
  background: var(--canvas); color: var(--text); font: 14px/1.45 var(--sans)
}
body { margin: 0 }
main { display: grid; gap: 16px; max-width: 768px; margin: 40px auto; padding: 0 16px }
h1 { margin: 0; font-size: 20px; font-weight: 600 }
p { margin: 0 }
section, figure { margin: 0; padding: 16px 24px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px }
section { display: grid; gap: 8px; border-left: 4px solid var(--tone); overflow-wrap: anywhere }
section strong { font-size: 16px }
section.good { --tone: var(--good) }
section.bad { --tone: var(--bad) }
figure {
  overflow-x: auto; background: linear-gradient(90deg, var(--surface) 40%, transparent) 0 0 / 32px 100% no-repeat local,
    linear-gradient(270deg, var(--surface) 40%, transparent) 100% 0 / 32px 100% no-repeat local,
    linear-gradient(90deg, var(--shade), transparent) 0 0 / 12px 100% no-repeat scroll,
    linear-gradient(270deg, var(--shade), transparent) 100% 0 / 12px 100% no-repeat scroll, var(--surface)
}
summary { cursor: pointer; font-weight: 600 }
ol { display: grid; gap: 4px; margin: 8px 0 0; padding: 0; list-style: none; overflow-wrap: anywhere }
time { color: var(--muted); font-variant-numeric: tabular-nums }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 8px 24px; margin: 8px 0 0 }
dt { color: var(--muted) }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
pre { margin: 0; padding: 8px 12px; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; font: 12px/18px var(--mono); white-space: pre-wrap }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: 12px } section, figure { padding: 12px 16px } }
${LADDER_STYLE}`;

export const ERROR_PAGE_CSP = cspOf(ERROR_PAGE_STYLE);
