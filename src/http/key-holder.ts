import type { FastifyRequest } from 'fastify';
import { authenticate, type Principal } from '../access/keys.ts';
import type { KeyStore } from '../access/ports.ts';
import type { Refusal } from '../calls/plan-call.ts';
import type { Clock } from '../kit/clock.ts';
import type { Networks } from '../kit/networks.ts';
import { TooManyAttempts, type Attempts } from './attempts.ts';
import { clientAddress } from './client-address.ts';
import { couldBeRead } from './transport.ts';

/** What it takes to know the holder of a key. */
export interface KeyDoor {
  readonly keys: KeyStore;
  readonly clock: Clock;
  /** Whose word on where a request came from is taken. */
  readonly proxies: Networks;
  readonly attempts: Attempts;
  /** Whether keys are taken over plain HTTP from elsewhere than this machine. */
  readonly keysNeedHttps: boolean;
}

export type KeyHolder =
  | { readonly principal: Principal }
  /** `seconds`: when the next attempt is taken, where there were too many. */
  | { readonly principal: undefined; readonly refusal: Refusal; readonly seconds?: number };

/**
 * Who holds the key that came. A good key is always taken; of bad ones each address has so many a minute, and then it is told
 * so. A key that was sent where others could read it is not looked at: whether it is a good one is nobody's to learn.
 */
export async function keyHolder(
  { keys, clock, proxies, attempts, keysNeedHttps }: KeyDoor,
  request: FastifyRequest,
  key: string | undefined,
  invalid: string,
): Promise<KeyHolder> {
  if (keysNeedHttps && key !== undefined && couldBeRead(request, proxies))
    return { principal: undefined, refusal: { code: 'https_needed', message: SENT_OPENLY } };
  const principal = await authenticate(keys, clock, key);
  if (principal !== undefined) return { principal };
  try {
    await attempts.take('key', clientAddress(request.raw, proxies));
    return { principal: undefined, refusal: { code: 'key_invalid', message: invalid } };
  } catch (error) {
    if (!(error instanceof TooManyAttempts)) throw error;
    const { seconds } = error;
    const message = `Too many requests without a good key came from this address; try again in ${seconds} seconds.`;
    return { principal: undefined, refusal: { code: 'rate_limited', message }, seconds };
  }
}

const SENT_OPENLY =
  'This installation takes keys over HTTPS alone. The key was sent where others could read it: revoke it, make another, and use https://.';
