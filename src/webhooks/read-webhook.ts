import { WEBHOOK_TYPES, type WebhookType } from '../../contract/call-words.ts';
import { maskKeys } from '../access/key-text.ts';
import { suggest } from '../kit/suggest.ts';

/** What may be said about a webhook. */
export interface WebhookInput {
  readonly url: string;
  /** Undefined: all. */
  readonly types: readonly string[] | undefined;
  readonly label: string;
}

export interface WebhookProblem {
  readonly field: 'url' | 'types' | 'label';
  /** What was wrong, and what would be right. */
  readonly says: string;
}

/** What was asked of a webhook can't be. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly problems: readonly WebhookProblem[];

  constructor(problems: readonly WebhookProblem[]) {
    // They repeat what was sent, which may be a secret in the wrong place.
    const masked = problems.map(({ field, says }) => ({ field, says: maskKeys(says) }));
    super(masked.map(({ says }) => says).join('\n'));
    this.problems = masked;
  }
}

const URL_MAX = 2_048;
const LABEL_MAX = 80;
const TYPES = Object.keys(WEBHOOK_TYPES) as WebhookType[];

/** @throws WebhookError that names all that is wrong at once */
export function readWebhook({ url, types, label }: WebhookInput): {
  readonly url: string;
  readonly types: readonly WebhookType[] | undefined;
  readonly label: string;
} {
  const problems = [...urlProblems(url), ...typeProblems(types), ...labelProblems(label)];
  if (problems.length > 0) throw new WebhookError(problems);
  const wanted = TYPES.filter((type) => types?.includes(type) ?? true);
  return { url: new URL(url).href, types: types === undefined ? undefined : wanted, label: maskKeys(label) };
}

function urlProblems(given: string): WebhookProblem[] {
  const no = (says: string): WebhookProblem[] => [{ field: 'url', says }];
  if (given.length > URL_MAX) return no(`url is over ${URL_MAX} characters; give a shorter one.`);
  const url = URL.parse(given);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return no(
      `url can not be ${JSON.stringify(given.slice(0, 100))}; give one such as https://crm.example.net/hooks.`,
    );
  if (url.username !== '' || url.password !== '')
    return no('url holds a user or a password; give it without them: messages are signed instead.');
  return url.hash === '' ? [] : no('url ends in a fragment, which is not sent; give it without.');
}

function typeProblems(types: readonly string[] | undefined): WebhookProblem[] {
  if (types?.length === 0)
    return [{ field: 'types', says: 'types is empty, so nothing would be told; leave it out for all.' }];
  return (types ?? [])
    .filter((type) => !TYPES.some((known) => known === type))
    .map((type) => {
      const meant = suggest(type, TYPES);
      const right = meant === undefined ? `there are ${TYPES.join(', ')}` : `did you mean ${meant}?`;
      return {
        field: 'types',
        says: `types can not have ${JSON.stringify(type.slice(0, 60))}; ${right}${meant === undefined ? '.' : ''}`,
      };
    });
}

function labelProblems(label: string): WebhookProblem[] {
  if (label.length <= LABEL_MAX && !/\p{Cc}/u.test(label)) return [];
  return [
    { field: 'label', says: `label has over ${LABEL_MAX} characters, or one of control; give a word.` },
  ];
}
