import type { FieldError } from '../../../../contract/v3/problem.ts';
import { DirectoryError } from '../../../directory/directory.ts';
import { SealBroken } from '../../../kit/seal.ts';
import { Problem, problemOfFields } from '../problem.ts';

/** For a `catch`: what the directory has against a PBX, each thing with the field that it is about. Anything else goes on. */
export function asFieldProblem(error: unknown): never {
  if (error instanceof SealBroken) throw new Problem('pbx_settings', error.message);
  if (!(error instanceof DirectoryError)) throw error;
  if (error.isTaken) throw new Problem('name_taken', error.message, { errors: [nameTaken(error.message)] });
  throw problemOfFields(error.problems.map(fieldError));
}

/** A problem begins with the setting that it is about, or with `name` or `driver`. */
function fieldError(problem: string): FieldError {
  const [, name = ''] = /^"?([\w.-]+)/.exec(problem) ?? [];
  const field = name === 'name' || name === 'driver' ? name : `settings.${name}`;
  const code = problem.includes('is no setting of')
    ? 'parameter_unknown'
    : / is missing[:;]/.test(problem)
      ? 'parameter_missing'
      : 'parameter_invalid';
  return { field, code, detail: problem };
}

function nameTaken(detail: string): FieldError {
  return { field: 'name', code: 'name_taken', detail };
}
