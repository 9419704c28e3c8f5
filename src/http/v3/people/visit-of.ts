import type { Visit } from '../../../people/ports.ts';
import { Problem } from '../problem.ts';
import type { Ask } from '../route.ts';

/** Somebody logged in, where the route needs them. */
export function visitOf({ visit }: Pick<Ask, 'visit'>): Visit {
  if (visit === undefined) throw new Error('The route is for people who are logged in.');
  return visit;
}

/** @throws Problem where the cookie would be lost: it would look as if the password were wrong */
export function needCookie(ask: Pick<Ask, 'keepsCookie'>): void {
  if (ask.keepsCookie()) return;
  throw new Problem(
    'https_needed',
    'Browsers keep a session over HTTPS alone, or on the machine itself (http://127.0.0.1, http://localhost). Give this server a certificate (C2C_HTTPS_PORT), or put HTTPS in front and say so in C2C_PUBLIC_URL.',
  );
}
