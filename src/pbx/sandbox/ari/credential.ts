import type { Desk } from './ari-sandbox.ts';

/** Whether an HTTP Basic credential is that of the sandbox's one user. */
export function isAllowed(authorization: string | undefined, { faults, login }: Desk): boolean {
  if (faults.refuseLogin === true) return false;
  const given = /^Basic (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return Buffer.from(given, 'base64').toString('utf8') === `${login.username}:${login.password}`;
}
