import type { Frame, PbxError } from '../../contract.ts';
import { textOf } from './events.ts';
import { ALLOCATION_FAILED, phoneUnknown, phoneUnregistered } from './faults.ts';
import { fieldOf, isSuccess, wordsOf, type AriConnection, type RestAnswer } from './rest.ts';

/** `PJSIP/101`, `PJSIP/12125551234@carrier` */
const PHONE = /^PJSIP\/(?:[^/@]*@)?([^/@]+)$/;

/**
 * ARI says `Allocation failed` of a phone that is not registered and of one that does not exist. Asked for the endpoint, it
 * tells them apart.
 * @param exchange gets what was asked
 * @returns undefined: it was refused for something else, or the PBX does not tell
 */
export async function whyNotAllocated(
  { orders }: AriConnection,
  refusal: RestAnswer,
  channel: string,
  exchange: Frame[],
): Promise<PbxError | undefined> {
  const said = wordsOf(refusal) ?? '';
  const endpoint = PHONE.exec(channel)?.[1];
  if (!ALLOCATION_FAILED.test(said) || endpoint === undefined) return undefined;
  // The order is refused already: a link that breaks now makes that no other.
  const answer = await orders
    .send({ method: 'GET', path: ['endpoints', 'PJSIP', endpoint] })
    .catch(() => undefined);
  if (answer === undefined) return undefined;
  exchange.push(...answer.frames);
  if (answer.status === 404) return phoneUnknown(said, channel, exchange);
  const isOffline = isSuccess(answer) && textOf(fieldOf(answer, 'state')) === 'offline';
  return isOffline ? phoneUnregistered(said, channel, exchange) : undefined;
}
