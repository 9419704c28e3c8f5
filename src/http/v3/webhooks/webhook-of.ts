import { WebhookError } from '../../../webhooks/read-webhook.ts';
import { WebhookPaused } from '../../../webhooks/webhooks.ts';
import { notFound, Problem, problemOfFields } from '../problem.ts';

/** What was found. @throws Problem where it was not, or where it can not be done */
export async function found<Result>(what: string, work: Promise<Result | undefined>): Promise<Result> {
  try {
    const result = await work;
    if (result === undefined) throw notFound(what);
    return result;
  } catch (error) {
    if (error instanceof WebhookPaused)
      throw new Problem(
        'webhook_paused',
        'The webhook is paused, so nothing is sent to it; resume it first.',
      );
    if (!(error instanceof WebhookError)) throw error;
    throw problemOfFields(
      error.problems.map(({ field, says }) => ({ field, code: 'parameter_invalid', detail: says })),
    );
  }
}
