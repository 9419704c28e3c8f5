import { PbxError, type Frame } from '../contract.ts';
import { NoAnswer } from '../wire/http-client.ts';
import type { Box, BoxAnswer } from './box.ts';
import type { ApiReply } from './decoder.ts';
import type { ApiRequest } from './encoder.ts';
import * as faults from './faults.ts';
import type { SwitchvoxSettings } from './manifest.ts';

const ANSWER_MS_MAX = 10_000;
/** What undici's parser says of bytes that are no HTTP. */
const NO_HTTP = /^(?:Expected HTTP|Invalid |Parse Error)/;

/**
 * Puts a question, which changes nothing on the box: one that got no answer is put once more.
 * @param exchange gets every frame
 * @returns what the box says, which may be errors
 * @throws PbxError where it can't be asked, or may not
 */
export async function question(
  box: Box,
  request: ApiRequest,
  settings: SwitchvoxSettings,
  exchange: Frame[],
): Promise<ApiReply> {
  const seconds = settings.answer_seconds;
  const withinMs = seconds === 0 ? ANSWER_MS_MAX : Math.min(ANSWER_MS_MAX, seconds * 1000);
  for (let attempt = 1; ; attempt++) {
    try {
      return understand(await box.ask(request, withinMs, exchange), settings, exchange);
    } catch (error) {
      if (error instanceof PbxError && error.exchange.length === 0 && exchange.length > 0)
        throw faults.withExchange(error, exchange);
      if (!(error instanceof NoAnswer)) throw error;
      if (NO_HTTP.test(error.message))
        throw faults.notExtend('before_send', error.message, settings, exchange);
      if (attempt > 1) throw faults.linkLost(error, exchange);
    }
  }
}

function understand(answer: BoxAnswer, settings: SwitchvoxSettings, exchange: Frame[]): ApiReply {
  const { reply, status, problem } = answer;
  if (reply !== undefined) return reply;
  throw status === 403
    ? faults.forbidden(answer, exchange)
    : faults.notExtend('before_send', problem, settings, exchange);
}
