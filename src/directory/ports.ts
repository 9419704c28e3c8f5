import type { Policy } from '../../contract/v3/policy.ts';
import type { Act } from '../audit/act.ts';
import type { Settings } from '../pbx/contract.ts';

/** A customer's account: the wall between customers. */
export interface Tenant {
  readonly id: string;
  /** What the command line calls it: `[a-z0-9-]{1,40}`, unique. */
  readonly slug: string;
  readonly name: string;
  readonly createdAtMicros: number;
}

/** A PBX of an account, as stored. */
export interface PbxRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** The driver's id, as in its manifest. */
  readonly driver: string;
  /** The settings that are not secret. */
  readonly settings: Settings;
  /** The secret settings, sealed under the master key (`kit/seal.ts`). */
  readonly sealed: string;
  /** Grows by one with every change, so that a live session knows that it is out of date. */
  readonly revision: number;
  readonly createdAtMicros: number;
}

/**
 * What the directory needs of a store. Names are unique as said; a clash rejects with `NameTaken`. A seal that is not of the
 * master key in use rejects with `SealOutdated`; the first one that is stored puts its key into use. An act is written into the
 * audit with the change that it tells of, or not at all where nothing was changed.
 */
export interface DirectoryStore {
  /** Its acts are for the installation's log and for its own. */
  addTenant(tenant: Tenant, acts: readonly Act[]): Promise<void>;
  tenants(): Promise<Tenant[]>;
  tenantBySlug(slug: string): Promise<Tenant | undefined>;
  tenantById(id: string): Promise<Tenant | undefined>;
  addPbx(pbx: PbxRecord, act: Act): Promise<void>;
  /** Replaces settings and secrets, and raises the revision. */
  changePbx(id: string, change: Pick<PbxRecord, 'settings' | 'sealed'>, act: Act): Promise<void>;
  /** The account's PBXs, oldest first. On the way of a click. */
  pbxsOf(tenantId: string): Promise<PbxRecord[]>;
  /** Of any account: for a PBX that comes to us and says its id. */
  pbxById(id: string): Promise<PbxRecord | undefined>;
  /** False where the account has no such PBX. */
  removePbx(tenantId: string, name: string, act: Act): Promise<boolean>;
  /** What the account's calls may be; undefined where it never said. On the way of a click. */
  policyOf(tenantId: string): Promise<StoredPolicy | undefined>;
  setPolicy(tenantId: string, policy: Policy, act: Act): Promise<void>;
  /** Every seal of every account. */
  sealedTexts(): Promise<SealedText[]>;
  /** The id of the master key that seals what is stored; undefined before the first seal. */
  masterKeyInUse(): Promise<string | undefined>;
  /** From now on no seal of another master key than this one is stored, by any process. */
  sealWith(masterKeyId: string, act: Act): Promise<void>;
  /** Replaces a seal by another one of the same secret. False where it is not `sealed` any more: it was changed, or removed. */
  reseal({ place, sealed }: SealedText, by: string): Promise<boolean>;
}

/** A policy as it was stored, perhaps before there was one of its rules. */
export type StoredPolicy = Partial<Policy>;

/** A seal as stored. */
export interface SealedText {
  /** What it belongs to, as `kit/seal.ts` has it: a PBX's id. */
  readonly place: string;
  readonly sealed: string;
}

/** A name that must be unique is in use already. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken';
}

/** What was to be stored is sealed with a master key that is not in use. */
export class SealOutdated extends Error {
  override readonly name = 'SealOutdated';
}
