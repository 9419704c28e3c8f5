import { createKey } from '../../../src/access/keys.ts';
import { ALL_RIGHTS } from '../../../src/access/limits.ts';
import { readRights, type RightsInput } from '../../../src/access/read-rights.ts';
import { SYSTEM } from '../../../src/audit/act.ts';
import type { Gateway } from '../../gateway.ts';

/** A key of the gateway's account with these rights. */
export async function limitedKey(gateway: Gateway, input: RightsInput): Promise<string> {
  const { store, clock } = gateway.parts;
  const rights = readRights(input, clock.nowMicros());
  return (await createKey(store.keys, clock, gateway.account.id, 'limited', SYSTEM, rights)).key;
}

/** One whose time is over. */
export async function expiredKey({ parts, account }: Gateway): Promise<string> {
  const { store, clock } = parts;
  const rights = { ...ALL_RIGHTS, expiresAtMicros: clock.nowMicros() };
  return (await createKey(store.keys, clock, account.id, 'expired', SYSTEM, rights)).key;
}
