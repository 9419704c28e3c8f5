import type { ASK_FOR_RESET, CONFIRM_EMAIL, RESET_PASSWORD } from '../../../../contract/v3/recovery.ts';
import {
  askForReset as ask,
  confirmEmail as confirm,
  resetPassword as reset,
} from '../../../people/recovery.ts';
import type { Handler } from '../route.ts';
import { told } from './told.ts';

/** Whether there is anybody is found out behind the answer, which is the same, and as fast, for all. */
export const askForReset: Handler<typeof ASK_FOR_RESET> = ({ body }, { people, log }) => {
  ask(people, body.email).catch((error: unknown) => log.error({ err: error }, 'A link could not be made.'));
  return { status: 202 };
};

export const resetPassword: Handler<typeof RESET_PASSWORD> = async (asked, { people }) => {
  await told(reset(people, asked.token(), asked.body.password));
  return { status: 204 };
};

export const confirmEmail: Handler<typeof CONFIRM_EMAIL> = async (asked, { people }) => {
  await told(confirm(people, asked.token()));
  return { status: 204 };
};
