import { createHash } from 'node:crypto';

export { escapeHtml } from '../kit/escape-html.ts';

/** The Content-Security-Policy of a page that has one style, allowed by its hash, and nothing else. */
export function cspOf(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
