/**
 * The number of a link that somebody clicked: a browser hands the whole of it over, `tel:+1-555-0123;ext=7`. Its parameters
 * (RFC 3966) are not dialled.
 */
export function numberOfLink(link: string): string {
  return link
    .trim()
    .replace(/^(web\+)?(tel|callto|sip):/i, '')
    .replace(/;.*$/s, '');
}
