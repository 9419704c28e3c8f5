import type { IncomingHttpHeaders } from 'node:http';

/** Programs that fetch a link because somebody wrote it, not because somebody clicked it. Names as they give them. */
const UNFURLERS =
  /Slackbot|Slack-ImgProxy|Twitterbot|facebookexternalhit|Facebot|LinkedInBot|WhatsApp\/|TelegramBot|Discordbot|SkypeUriPreview|MicrosoftPreview|BingPreview|Google-PageRenderer|Googlebot|bingbot|Applebot|Iframely|Embedly|redditbot|Pinterestbot|vkShare|Mattermost-Bot|Viber|Snap URL Preview|Yahoo Link Preview|Google-InspectionTool|GoogleImageProxy|Barracuda|SafeLinks|Proofpoint|Mimecast/i;

const PREFETCH = /prefetch|prerender|preview/i;

/**
 * Why this request must not ring a phone though it asks for it; undefined for one that a person or program meant.
 * `Sec-Purpose` is of the Fetch standard, `Purpose`, `X-Purpose` and `X-Moz` of browsers before it.
 */
export function prefetchReason(method: string, headers: IncomingHttpHeaders): string | undefined {
  if (method === 'HEAD') return 'A HEAD request asks what is there, and rings no phone; use GET or POST.';
  for (const name of ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']) {
    const value = headers[name];
    if (typeof value === 'string' && PREFETCH.test(value)) {
      return `A prefetch (${name}) rings no phone; send the request without it to make the call.`;
    }
  }
  if (UNFURLERS.test(headers['user-agent'] ?? '')) {
    return 'A link preview rings no phone; open the link in a browser to make the call.';
  }
  return undefined;
}
