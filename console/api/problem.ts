import type { Problem } from '../../contract/v3/problem.ts';

/** What `/v3` says where it does not do what was asked, in its own words. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  /**
   * What is wrong with each field, by its name: `settings.host` of a body is `host`. One object for good: a form takes another
   * one for another answer, and shows again what has been mended since.
   */
  readonly fields: Readonly<Record<string, string>>;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
    const errors = problem.errors ?? [];
    this.fields = Object.fromEntries(
      errors.map(({ field, detail }) => [field.replace(/^settings[./]/, ''), detail]),
    );
  }

  static unreachable(): ApiProblem {
    return new ApiProblem({
      type: 'about:blank',
      title: 'No answer',
      status: 0,
      code: 'unreachable',
      detail: 'The server does not answer. Is it running, and is there a network?',
    });
  }

  get code(): string {
    return this.problem.code;
  }
}

/** The problem of an answer; also of one that something between us and the server gave. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) return new ApiProblem((await response.json()) as Problem);
  return new ApiProblem({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: 'internal',
    detail: `The answer was ${response.status} ${response.statusText}, which is none of this server's. Is there something between it and you?`,
  });
}

/** What passes by itself is asked for again; what was refused is not. */
export function passesByItself(error: unknown): boolean {
  const status = error instanceof ApiProblem ? error.problem.status : 400;
  return status === 0 || status === 502 || status === 503 || status === 504;
}

/** The words to show for anything that was thrown. */
export function wordsOf(error: unknown): { readonly says: string; readonly remedy?: string } {
  if (!(error instanceof ApiProblem)) return { says: 'Something went wrong on this page. Load it again.' };
  const { detail, pbx_message: pbx, remedy } = error.problem;
  const says = pbx !== undefined && !detail.includes(pbx) ? `${detail} (${pbx})` : detail;
  return remedy === undefined || detail.includes(remedy) ? { says } : { says, remedy };
}
