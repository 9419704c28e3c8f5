import { createHash } from 'node:crypto';
import type { Scope } from '../../contract/v3/scopes.ts';
import { SYSTEM, type Act, type Actor } from '../audit/act.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, newSecretText } from '../kit/ids.ts';
import type { KeyKind, KeyLimits } from './limits.ts';
import type { KeyRecord, KeyStore } from './ports.ts';

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

const RANDOM_CHARACTERS = 32;
const SHOWN_CHARACTERS = 10;
const KEY = /^c2c_[0-9A-Za-z]{32}$/;
/** Finds keys in any text, to mask them. Long enough a beginning counts: half a key is nobody's to read either. */
const KEY_ANYWHERE = /c2c_[0-9A-Za-z]{6,}/g;

/** Makes a key: shown once, here, and stored as its hash. @param by who makes it, for the audit */
export async function createKey(
  store: KeyStore,
  clock: Clock,
  tenantId: string,
  label: string,
  by: Actor = SYSTEM,
): Promise<{ key: string; record: KeyRecord }> {
  const key = `c2c_${newSecretText(RANDOM_CHARACTERS)}`;
  const record: KeyRecord = {
    id: newId(),
    tenantId,
    label,
    prefix: key.slice(0, SHOWN_CHARACTERS),
    hash: hashOf(key),
    createdAtMicros: clock.nowMicros(),
    lastUsedAtMicros: undefined,
    revokedAtMicros: undefined,
  };
  const { id, prefix, createdAtMicros: atMicros } = record;
  const act = { log: tenantId, atMicros, by, subject: id, detail: { prefix, label } };
  await store.addKey(record, { ...act, action: 'key.create' });
  return { key, record };
}

/** Revokes a key at once and for ever. False where the account has no such live key. @param by who does, for the audit */
export function revokeKey(
  store: KeyStore,
  clock: Clock,
  { tenantId, id, prefix, label }: KeyRecord,
  by: Actor = SYSTEM,
): Promise<boolean> {
  const act: Act = {
    log: tenantId,
    atMicros: clock.nowMicros(),
    by,
    action: 'key.revoke',
    subject: id,
    detail: { prefix, label },
  };
  return store.revokeKey(tenantId, id, act);
}

/** Undefined for a missing, malformed, unknown or revoked key: who asks is told the same for all of them. */
export async function authenticate(store: KeyStore, key: string | undefined): Promise<Principal | undefined> {
  if (key === undefined || !KEY.test(key)) return undefined;
  const record = await store.keyByHash(hashOf(key));
  if (record === undefined || record.revokedAtMicros !== undefined) return undefined;
  return { tenantId: record.tenantId, keyId: record.id };
}

/** Text with every key in it masked. */
export function maskKeys(text: string): string {
  return text.replace(KEY_ANYWHERE, 'c2c_***');
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
