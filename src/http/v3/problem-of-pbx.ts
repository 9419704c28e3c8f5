import { errorOfPbx } from '../../switchboard/answer.ts';
import { PbxError } from '../../pbx/contract.ts';
import { Problem } from './problem.ts';

/** For a `catch`: what a PBX said, or why it could not be asked, as a problem. Anything else is thrown on. */
export function asProblem(more: Pick<Problem['more'], 'call_id'> = {}): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PbxError)) throw error;
    const { code, message, pbxMessage, remedy } = errorOfPbx(error);
    throw new Problem(code, message, {
      ...more,
      ...(pbxMessage !== undefined && { pbx_message: pbxMessage }),
      ...(remedy !== undefined && { remedy }),
    });
  };
}
