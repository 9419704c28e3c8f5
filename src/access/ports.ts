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

/**
 * A link that makes one call, as stored: who clicks it needs no key. Of its token there is the hash alone: the token is
 * random and not signed, so it needs no key to be checked with, outlives a change of the master key, and is dead for good when
 * its row says so.
 */
export interface LinkRecord {
  readonly id: string;
  readonly tenantId: string;
  /** The key that made it: the link is dead when that is, and its calls are held to that key's limits. Undefined: none did. */
  readonly keyId: string | undefined;
  /** SHA-256 of the token, lower-case hex. */
  readonly hash: string;
  /** What it is for: its page says so. */
  readonly label: string;
  readonly first: string;
  readonly second: string;
  readonly dialAs: string | undefined;
  readonly pbx: string | undefined;
  /** How many calls it may make. */
  readonly uses: number;
  readonly used: number;
  readonly usedAtMicros: number | undefined;
  readonly createdAtMicros: number;
  readonly expiresAtMicros: number;
  readonly revokedAtMicros: number | undefined;
}

export interface LinkStore {
  addLink(link: LinkRecord, act: Act): Promise<void>;
  linkByHash(hash: string): Promise<LinkRecord | undefined>;
  linkById(tenantId: string, id: string): Promise<LinkRecord | undefined>;
  /** The account's links, newest first. @param beforeId only those that come after this one */
  linksOf(tenantId: string, beforeId: string | undefined, limit: number): Promise<LinkRecord[]>;
  /**
   * Takes one use. Of several processes that ask for the last one at the same time one gets it.
   * @param apartMicros so long after one use there is no other: a double click is one click
   * @returns false where it is used up, over, revoked, or was used just now
   */
  takeUse(id: string, nowMicros: number, apartMicros: number): Promise<boolean>;
  /** Gives one back, of which nothing came. */
  returnUse(id: string): Promise<void>;
  /** At the time of the act. False where the account has no such link that is not revoked. */
  revokeLink(tenantId: string, id: string, act: Act): Promise<boolean>;
}
