import { escapeHtml } from '../kit/escape-html.ts';
import type { Letter } from '../people/post.ts';

const NAME = 'Click-2-Call';

/** A letter as plain text. */
export function letterText({ says, link, linkSays }: Letter): string {
  return `${[...says, `${linkSays}:\n${link}`, NAME].join('\n\n')}\n`;
}

/** The same as HTML: no picture, nothing from elsewhere, and the link to be read as it is. */
export function letterHtml({ says, link, linkSays }: Letter): string {
  const href = escapeHtml(link);
  const paragraphs = [
    ...says.map(escapeHtml),
    `<a href="${href}">${escapeHtml(linkSays)}</a>`,
    `If that does nothing, copy this into a browser:<br>${href}`,
    NAME,
  ];
  return `<!doctype html>\n<html lang="en"><body>\n${paragraphs.map((each) => `<p>${each}</p>`).join('\n')}\n</body></html>\n`;
}
