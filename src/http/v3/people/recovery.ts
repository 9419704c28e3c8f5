import type {
  ASK_FOR_RESET,
  ASK_TO_CONFIRM,
  CONFIRM_EMAIL,
  RESET_PASSWORD,
} from '../../../../contract/v3/recovery.ts';
import { readEmail } from '../../../people/email.ts';
import {
  askAgainToConfirm,
  askForReset as sendLink,
  confirmEmail as confirm,
  resetPassword as reset,
} from '../../../people/recovery.ts';
import { TooManyAttempts } from '../../attempts.ts';
import type { V3Deps } from '../deps.ts';
import type { Handler } from '../route.ts';
import { attempt } from './attempt.ts';
import { told } from './told.ts';
import { visitOf } from './visit-of.ts';

/** Whether there is anybody is found out behind the answer, which is the same, and as fast, for all. */
export const askForReset: Handler<typeof ASK_FOR_RESET> = async ({ body, from }, deps) => {
  await told(deps.attempts.take('reset', from.address));
  letterTo(deps, body.email).catch((error: unknown) => {
    if (!(error instanceof TooManyAttempts)) deps.log.error({ err: error }, 'A link could not be made.');
  });
  return { status: 202 };
};

/** Nobody's letterbox is filled by somebody else. */
async function letterTo({ people, attempts }: V3Deps, email: string): Promise<void> {
  await attempts.take('letter', readEmail(email));
  await sendLink(people, email);
}

export const resetPassword: Handler<typeof RESET_PASSWORD> = async (ask, deps) => {
  const work = () => reset(deps.people, ask.token(), ask.body.password);
  await told(attempt(deps, ask.from, undefined, work));
  return { status: 204 };
};

export const askToConfirm: Handler<typeof ASK_TO_CONFIRM> = async (ask, { people, attempts }) => {
  const visit = visitOf(ask);
  await told(attempts.take('letter', visit.user.email));
  await askAgainToConfirm(people, visit);
  return { status: 202 };
};

export const confirmEmail: Handler<typeof CONFIRM_EMAIL> = async (ask, deps) => {
  await told(attempt(deps, ask.from, undefined, () => confirm(deps.people, ask.token())));
  return { status: 204 };
};
