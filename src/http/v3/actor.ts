import type { Principal } from '../../access/keys.ts';
import { SYSTEM, type Actor } from '../../audit/act.ts';

/** Whoever asks, as the audit names them. */
export function actorOf({ keyId, person }: Principal): Actor {
  if (person !== undefined) return { kind: 'user', name: person.userId };
  return keyId === undefined ? SYSTEM : { kind: 'key', name: keyId };
}
