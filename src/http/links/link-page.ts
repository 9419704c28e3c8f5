import type { LinkRecord } from '../../access/ports.ts';
import { cspOf, escapeHtml } from '../page-safety.ts';
import type { LinkState } from './use-link.ts';

const STYLE = `
:root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif }
main { max-width: 32rem; margin: 15vh auto 0; padding: 0 1.25rem }
h1 { font-size: 1.5rem }
p { overflow-wrap: anywhere }
button { font: inherit; padding: .6rem 1.4rem; border: 0; border-radius: .4rem; background: #176b3a; color: #fff; cursor: pointer }
button:focus-visible { outline: 3px solid currentColor; outline-offset: 3px }
`;

/** The form may go to this server alone. */
export const LINK_PAGE_CSP = cspOf(STYLE, "'self'");

interface Says {
  readonly status: number;
  readonly title: string;
  readonly text: (link: LinkRecord) => string;
}

const parties = ({ first, second }: LinkRecord) =>
  `The phone ${first} rings first. When it is answered, it is connected to ${second}.`;

const SAYS: Readonly<Record<LinkState, Says>> = {
  ready: { status: 200, title: 'Make a call', text: parties },
  ringing: {
    status: 200,
    title: 'The call is on its way',
    text: ({ first, second }) =>
      `The phone ${first} rings now. Pick it up, and it is connected to ${second}.`,
  },
  doubtful: {
    status: 202,
    title: 'The call may be on its way',
    text: ({ first }) =>
      `The phone system was asked and has not answered. Wait whether the phone ${first} rings.`,
  },
  failed: {
    status: 503,
    title: 'The call could not be made',
    text: () =>
      'Nobody was rung, and this link is as good as before. Try it again later, or ask whoever sent it.',
  },
  used: gone('This link has made its calls, and makes no more.'),
  expired: gone('The time of this link is over.'),
  revoked: gone('This link was taken back.'),
};

function gone(text: string): Says {
  return {
    status: 410,
    title: 'This link makes no call',
    text: () => `${text} Ask whoever sent it for another one.`,
  };
}

export const NO_LINK = {
  status: 404,
  html: pageOf('There is no such link', '<p>Check that it was copied whole, or ask whoever sent it.</p>'),
};

/** A link's page. There is no script in it: the button is a form, which posts to the page's own address. */
export function linkPage(
  link: LinkRecord,
  state: LinkState,
): { readonly status: number; readonly html: string } {
  const { status, title, text } = SAYS[state];
  const label = link.label === '' ? '' : `<p><strong>${escapeHtml(link.label)}</strong></p>\n`;
  const canClick = state === 'ready' || state === 'failed';
  const button = canClick ? '\n<form method="post"><button>Call now</button></form>' : '';
  return { status, html: pageOf(title, `${label}<p>${escapeHtml(text(link))}</p>${button}`) };
}

function pageOf(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
<main><h1>${title}</h1>
${main}
</main>
</html>
`;
}
