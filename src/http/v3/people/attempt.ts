import { readEmail } from '../../../people/email.ts';
import { sessionsOf } from '../../../people/log-in.ts';
import { PeopleError } from '../../../people/people-error.ts';
import { TooManyAttempts } from '../../attempts.ts';
import type { V3Deps } from '../deps.ts';
import type { Ask } from '../route.ts';

/** What is counted as a failure: that somebody mistyped a name is none. */
const FAILURES: readonly string[] = ['login_failed', 'link_invalid'];

/**
 * Does something for which somebody must know a secret. Failures are counted for the address that they come from and, where a
 * person is meant, for that person.
 * @throws TooManyAttempts, and what the work throws
 */
export async function attempt<Result>(
  deps: V3Deps,
  { address }: Ask['from'],
  email: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const { attempts } = deps;
  const person = email === undefined ? undefined : readEmail(email);
  await attempts.take('login', address);
  if (person !== undefined) await takeFor(deps, person, address);
  const giveBack = async () => {
    await attempts.giveBack('login', address);
    if (person !== undefined) await attempts.giveBack('person', person);
  };
  try {
    const result = await work();
    await giveBack();
    return result;
  } catch (error) {
    if (!(error instanceof PeopleError && FAILURES.includes(error.code))) await giveBack();
    throw error;
  }
}

/** Somebody who guesses locks nobody out: where a person is logged in, that person may go on. */
async function takeFor({ attempts, people }: V3Deps, person: string, address: string): Promise<void> {
  try {
    await attempts.take('person', person);
  } catch (error) {
    const user = error instanceof TooManyAttempts ? await people.store.userByEmail(person) : undefined;
    const sessions = user === undefined ? [] : await sessionsOf(people, user.id);
    if (!sessions.some((session) => session.address === address)) throw error;
  }
}
