import { createHash } from 'node:crypto';

export { escapeHtml } from '../kit/escape-html.ts';

/**
 * The Content-Security-Policy of a page that has one style, allowed by its hash, and nothing else.
 * @param forms where its forms may go; nowhere unless it has some
 */
export function cspOf(style: string, forms: "'none'" | "'self'" = "'none'"): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    `form-action ${forms}`,
    "frame-ancestors 'none'",
  ].join('; ');
}
