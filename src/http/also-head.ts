/**
 * For a route of GET: HEAD is answered as GET is, without the body (RFC 9110, 9.3.2). Pages and files have it, which monitors, link
 * checkers and proxies ask for in that way. A route has it by name alone, so that nothing is done by a HEAD that nobody thought of: those
 * of `/v3` take the methods of their table, and `/c2c/v2` answers a HEAD by itself, ringing nobody.
 */
export const ALSO_HEAD = { exposeHeadRoute: true } as const;
