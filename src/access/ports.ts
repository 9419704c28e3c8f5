import type { Act } from '../audit/act.ts';
import type { KeyRights } from './limits.ts';

/** A key as stored: never the key itself. */
export interface KeyRecord extends KeyRights {
  readonly id: string;
  readonly tenantId: string;
  readonly label: string;
  /** The first characters, for people to recognise it by. */
  readonly prefix: string;
  /** SHA-256 of the whole key, lower-case hex. A key has 190 bits of its own: it needs no slow hash. */
  readonly hash: string;
  readonly createdAtMicros: number;
  readonly lastUsedAtMicros: number | undefined;
  readonly revokedAtMicros: number | undefined;
}

/** What access needs of a store. An act is written into the audit with the change that it tells of, if there was one. */
export interface KeyStore {
  addKey(key: KeyRecord, act: Act): Promise<void>;
  /** The account's keys, oldest first, revoked ones included. */
  keysOf(tenantId: string): Promise<KeyRecord[]>;
  /** On the way of a click. A key that any process has revoked is dead for the next request;
   * `lastUsedAtMicros` may be older than `keysOf` has it. */
  keyByHash(hash: string): Promise<KeyRecord | undefined>;
  /** Adds a key and lets another one expire, both or neither. False where the account has no such live key. */
  rotateKey(
    key: KeyRecord,
    oldId: string,
    oldExpiresAtMicros: number,
    acts: readonly Act[],
  ): Promise<boolean>;
  /** At the time of the act. False where the account has no such live key. */
  revokeKey(tenantId: string, id: string, act: Act): Promise<boolean>;
}
