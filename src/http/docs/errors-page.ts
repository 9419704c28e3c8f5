import { ERROR_CODES } from '../../../contract/error-codes.ts';
import { inlineHtml, pageHtml } from './html.ts';

/** Every error: where the `type` of a problem leads. */
export function errorsPage(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, title, says }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td><code>${status}</code></td><td><strong>${inlineHtml(title)}</strong><br>${inlineHtml(says)}</td></tr>`,
  );
  return pageHtml(
    'Click-2-Call: errors',
    `<header><h1>Errors</h1>
<p>The <code>code</code> of a problem, its HTTP status under <code>/v3</code>, and what it means. <a href="/docs">The API</a>.</p></header>
<main><table>
${rows.join('\n')}
</table></main>`,
  );
}
