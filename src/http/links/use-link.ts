import { isLive, principalOf, type Principal } from '../../access/keys.ts';
import { deadBecause } from '../../access/links.ts';
import type { KeyStore, LinkRecord, LinkStore } from '../../access/ports.ts';
import type { Clock } from '../../kit/clock.ts';
import { Crowded } from '../../switchboard/crowd.ts';
import type { PlaceCall } from '../../switchboard/place-call.ts';
import type { Self } from '../c2c-v2/present.ts';

export interface LinkDeps {
  readonly links: LinkStore;
  readonly keys: KeyStore;
  readonly placeCall: PlaceCall;
  readonly clock: Clock;
  readonly self: () => Self;
  readonly repeatWindowMicros: number;
}

/**
 * How a link stands, or what came of a click on it:
 * - `ready`: a click makes the call
 * - `ringing`: the call is made, by this click or by one just now
 * - `doubtful`: the PBX was asked, and did not answer
 * - `failed`: nobody was rung, and the link is as good as before
 * - the others: it makes no call any more
 */
export type LinkState = 'ready' | 'ringing' | 'doubtful' | 'failed' | 'revoked' | 'expired' | 'used';

/** How a link stands, as far as can be told without a click. */
export async function stateOf(link: LinkRecord, { keys, clock }: LinkDeps): Promise<LinkState> {
  const dead = deadBecause(link, clock.nowMicros());
  if (dead !== undefined) return dead;
  return (await principalFor(link, keys, clock)) === undefined ? 'revoked' : 'ready';
}

/**
 * A click: takes one of the link's uses, and makes its call. A use of which no call came is given back.
 * @throws Crowded, StoreError
 */
export async function useLink(link: LinkRecord, deps: LinkDeps): Promise<LinkState> {
  const { links, keys, placeCall, clock, self, repeatWindowMicros } = deps;
  const askedAtMicros = clock.nowMicros();
  const principal = await principalFor(link, keys, clock);
  if (principal === undefined) return 'revoked';
  if (!(await links.takeUse(link.id, askedAtMicros, repeatWindowMicros))) return whyNot(link, deps);
  const placing = placeCall.placeCall(principal, {
    request: { dialFirst: link.first, dialSecond: link.second, dialAs: link.dialAs, pbx: link.pbx },
    // The token is as good as a key: it stands nowhere.
    seen: { url: `${self().publicUrl}/l/***`, method: 'POST', data: { link: link.id, label: link.label } },
    refusals: [],
    repeatWindowMicros: 0,
    reference: `link ${link.id}`,
    askedAtMicros,
  });
  const { answer } = await placing.catch(async (error: unknown) => {
    if (error instanceof Crowded) await links.returnUse(link.id);
    throw error;
  });
  if (answer.outcome === 'accepted') return 'ringing';
  if (answer.outcome === 'in_doubt') return 'doubtful';
  await links.returnUse(link.id);
  return 'failed';
}

/** The second half of a double click is told what the first one did. */
async function whyNot(link: LinkRecord, { links, clock, repeatWindowMicros }: LinkDeps): Promise<LinkState> {
  const now = await links.linkById(link.tenantId, link.id);
  if (now === undefined) return 'revoked';
  const nowMicros = clock.nowMicros();
  const isRecent = now.usedAtMicros !== undefined && nowMicros - now.usedAtMicros < repeatWindowMicros;
  return isRecent ? 'ringing' : (deadBecause(now, nowMicros) ?? 'ringing');
}

/** As whom it calls: with the limits of the key that made it, as they are now; undefined where that key is dead. */
async function principalFor(
  { tenantId, keyId }: LinkRecord,
  keys: KeyStore,
  clock: Clock,
): Promise<Principal | undefined> {
  if (keyId === undefined) return { tenantId, keyId };
  const key = (await keys.keysOf(tenantId)).find(({ id }) => id === keyId);
  return key !== undefined && isLive(key, clock.nowMicros()) ? principalOf(key) : undefined;
}
