import type { Scope } from '../../contract/v3/scopes.ts';
import { SYSTEM, type Act, type Actor } from '../audit/act.ts';
import { rfc3339, type Clock } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import { hashOfKey, isKeyText, maskKeys, newKeyText, shownPrefix } from './key-text.ts';
import { ALL_RIGHTS, type KeyKind, type KeyLimits, type KeyRights } from './limits.ts';
import type { KeyRecord, KeyStore } from './ports.ts';
import { presentRights } from './present-key.ts';

/** Who asks. */
export interface Principal {
  readonly tenantId: string;
  /** Undefined for the command line, which is trusted with the whole installation, and for somebody logged in. */
  readonly keyId: string | undefined;
  /** Somebody logged in, and by which session. */
  readonly person?: { readonly userId: string; readonly sessionId: string };
  /** What it may do; undefined: everything in its account. */
  readonly scopes?: readonly Scope[];
  /** Undefined for who has no key. */
  readonly kind?: KeyKind;
  /** Beyond its scopes; undefined: none. */
  readonly limits?: KeyLimits;
}

export interface MadeKey {
  /** The key itself: shown once, here, and stored as its hash. */
  readonly key: string;
  readonly record: KeyRecord;
}

/**
 * Makes a key.
 * @param by who makes it, for the audit
 * @param rights as `readRights` reads them
 */
export async function createKey(
  store: KeyStore,
  clock: Clock,
  tenantId: string,
  label: string,
  by: Actor = SYSTEM,
  rights: KeyRights = ALL_RIGHTS,
): Promise<MadeKey> {
  const made = newKey(clock, tenantId, label, rights);
  await store.addKey(made.record, actOf(made.record, made.record.createdAtMicros, by, 'key.create'));
  return made;
}

/**
 * Makes a key with the same label and rights, and lets the one before expire: both work in between, so that whoever uses it
 * can be given the new one in peace.
 * @param overlapMicros how long the old key goes on; it never lives longer than it would have
 * @param expiresAtMicros when the new one expires: as the one before would have, unless it is said
 * @returns undefined where the account has no such live key
 */
export async function rotateKey(
  store: KeyStore,
  clock: Clock,
  old: KeyRecord,
  overlapMicros: number,
  by: Actor = SYSTEM,
  expiresAtMicros: number | undefined = old.expiresAtMicros,
): Promise<MadeKey | undefined> {
  const made = newKey(clock, old.tenantId, old.label, { ...old, expiresAtMicros });
  const atMicros = made.record.createdAtMicros;
  const end = Math.min(old.expiresAtMicros ?? Number.MAX_SAFE_INTEGER, atMicros + overlapMicros);
  const rotated = actOf(old, atMicros, by, 'key.rotate', {
    successor: made.record.id,
    expires_at: rfc3339(end),
  });
  const created = actOf(made.record, atMicros, by, 'key.create');
  const isDone = await store.rotateKey(made.record, old.id, end, [rotated, created]);
  return isDone ? made : undefined;
}

/** Revokes a key at once and for ever. False where the account has no such live key. @param by who does, for the audit */
export function revokeKey(
  store: KeyStore,
  clock: Clock,
  key: KeyRecord,
  by: Actor = SYSTEM,
): Promise<boolean> {
  return store.revokeKey(key.tenantId, key.id, actOf(key, clock.nowMicros(), by, 'key.revoke'));
}

/** Undefined for a missing, malformed, unknown, expired or revoked key: who asks is told the same for all of them. */
export async function authenticate(
  store: KeyStore,
  clock: Clock,
  key: string | undefined,
): Promise<Principal | undefined> {
  const record = key === undefined ? undefined : await recordOf(store, key);
  return record !== undefined && isLive(record, clock.nowMicros()) ? principalOf(record) : undefined;
}

/** What is stored of a key, also of one that is dead; undefined for what is none. */
export async function recordOf(store: KeyStore, key: string): Promise<KeyRecord | undefined> {
  return isKeyText(key) ? store.keyByHash(hashOfKey(key)) : undefined;
}

export function isLive({ revokedAtMicros, expiresAtMicros }: KeyRecord, nowMicros: number): boolean {
  return revokedAtMicros === undefined && (expiresAtMicros === undefined || nowMicros < expiresAtMicros);
}

export function principalOf({ tenantId, id, kind, scopes, limits }: KeyRecord): Principal {
  return { tenantId, keyId: id, kind, limits, ...(scopes !== undefined && { scopes }) };
}

function newKey(clock: Clock, tenantId: string, label: string, rights: KeyRights): MadeKey {
  const { kind, scopes, limits, expiresAtMicros } = rights;
  const key = newKeyText(kind);
  const record: KeyRecord = {
    id: newId(),
    tenantId,
    label: maskKeys(label),
    prefix: shownPrefix(key),
    hash: hashOfKey(key),
    kind,
    scopes,
    limits,
    expiresAtMicros,
    createdAtMicros: clock.nowMicros(),
    lastUsedAtMicros: undefined,
    revokedAtMicros: undefined,
  };
  return { key, record };
}

function actOf(
  key: KeyRecord,
  atMicros: number,
  by: Actor,
  action: Act['action'],
  more: Act['detail'] = {},
): Act {
  const { tenantId, id, prefix, label } = key;
  const rights = action === 'key.create' ? presentRights(key) : {};
  return {
    log: tenantId,
    atMicros,
    by,
    action,
    subject: id,
    detail: { prefix, label, ...rights, ...more },
  };
}
