import { DirectoryError } from '../../../directory/directory.ts';
import { PasswordsBusy } from '../../../people/passwords.ts';
import { PeopleError } from '../../../people/people-error.ts';
import { Problem, problemOfFields } from '../problem.ts';

/** Does something for people; why it can not be done is a problem. @throws Problem */
export async function told<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw problemOf(error);
  }
}

function problemOf(error: unknown): unknown {
  if (error instanceof PeopleError) {
    const { code, field, message } = error;
    const errors = field === undefined ? [] : [{ field, code, detail: message }];
    const headers = code === 'login_failed' ? { 'www-authenticate': 'Bearer realm="click2call"' } : {};
    return new Problem(code, message, { errors, headers });
  }
  if (error instanceof DirectoryError)
    return problemOfFields(
      error.problems.map((detail) => ({ field: 'account_name', code: 'parameter_invalid', detail })),
    );
  if (error instanceof PasswordsBusy)
    return new Problem('server_busy', 'Too many people log in at this moment; try again in a moment.', {
      headers: { 'retry-after': '2' },
    });
  return error;
}
