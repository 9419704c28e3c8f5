import { cspOf, escapeHtml } from '../page-safety.ts';

/** Our descriptions as HTML: paragraphs, `code`, **strong** and links are all the Markdown that they have. */
export function proseHtml(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) => `<p>${inlineHtml(paragraph)}</p>`)
    .join('\n');
}

export function inlineHtml(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^[\]]+)\]\((https:[^)\s]+)\)/g, '<a href="$2">$1</a>');
}

/** A whole page. There is no script in it. */
export function pageHtml(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
${main}
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2.5rem } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem }
nav ul { list-style: none; padding: 0; columns: 22rem }
code, pre { font: .875em/1.5 ui-monospace, monospace }
details { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .4rem; margin: .5rem 0; padding: .5rem .75rem }
summary { cursor: pointer }
summary b { display: inline-block; min-width: 4.5rem; font: 600 .875em/1.5 ui-monospace, monospace }
summary span { opacity: .7; margin-left: .75rem }
table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: 600; opacity: .7 }
th, td { padding: .25rem 1rem .25rem 0; vertical-align: top; overflow-wrap: break-word }
tr:target { outline: 2px solid; outline-offset: 2px }
td:first-child { white-space: nowrap }
p { margin: .35rem 0 }
@media (max-width: 40rem) { td:first-child { white-space: normal } }
`;

export const DOCS_CSP = cspOf(STYLE);
