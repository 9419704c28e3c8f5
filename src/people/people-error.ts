import type { ErrorCode } from '../../contract/error-codes.ts';

/** What somebody wanted for themselves or for others can't be. The message is a sentence that says what would be right. */
export class PeopleError extends Error {
  override readonly name = 'PeopleError';
  readonly code: ErrorCode;
  /** The field that is wrong, where it is one. */
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** One and the same for every reason why somebody is not let in. */
export function notLetIn(): PeopleError {
  return new PeopleError(
    'login_failed',
    'The e-mail or the password is not right, or the link is no good any more; try again, or ask for a new link.',
  );
}

export function linkInvalid(): PeopleError {
  return new PeopleError(
    'link_invalid',
    'This link was used already, is too old, or was taken back; ask for a new one.',
  );
}
