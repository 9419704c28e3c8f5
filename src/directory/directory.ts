import {
  capabilitiesOf,
  type Capabilities,
  type PbxDriver,
  type Settings,
  type SettingValue,
} from '../pbx/contract.ts';
import type { Policy } from '../../contract/v3/policy.ts';
import { INSTALLATION, SYSTEM, type Act, type Actor } from '../audit/act.ts';
import { PBX_KINDS } from '../calls/call.ts';
import { DEFAULT_POLICY } from '../../contract/default-policy.ts';
import { readPolicy, type PolicyProblem } from '../calls/policy/read-policy.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, newSecretText } from '../kit/ids.ts';
import type { Seal } from '../kit/seal.ts';
import { readSettings, splitSecrets, type SettingsReading } from '../pbx/settings.ts';
import { SHOWN_SECRET } from './shown-settings.ts';
import { loadNumbering } from './load-numbering.ts';
import { resealAll, type Resealed } from './reseal.ts';
import { NameTaken, SealOutdated, type DirectoryStore, type PbxRecord, type Tenant } from './ports.ts';

/** What was asked for can't be; each problem names the field, the fault and what would be right. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly problems: readonly string[];
  /** There is something of that name already. */
  readonly isTaken: boolean;

  constructor(problems: readonly string[], isTaken = false) {
    super(problems.join('\n'));
    this.problems = problems;
    this.isTaken = isTaken;
  }
}

/** A policy can't be; each problem names the field, the fault and what would be right. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(problems.map(({ detail }) => detail).join('\n'));
    this.problems = problems;
  }
}

/** What is sealed of a PBX. */
interface Sealed {
  readonly secret: Settings;
  /** Of a PBX that connects to us: the password of its own that it does so with. */
  readonly doorKey?: string;
}

/** Who may sign up: nobody, who was invited to an account that the operator made, or anybody. */
export type Signup = 'closed' | 'invitation' | 'open';

const DOOR_KEY_CHARACTERS = 40;

function newDoorKey(driver: PbxDriver): string | undefined {
  return driver.files === undefined ? undefined : newSecretText(DOOR_KEY_CHARACTERS);
}

const NAME_MAX = 80;
const PBX_NAME = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/;

/** Who and what exists: accounts and their PBXs. */
export class Directory {
  readonly #store: DirectoryStore;
  readonly #drivers: readonly PbxDriver[];
  readonly #seal: Seal;
  readonly #clock: Clock;
  readonly #signup: Signup;
  readonly #by: Actor;

  constructor(
    store: DirectoryStore,
    drivers: readonly PbxDriver[],
    seal: Seal,
    clock: Clock,
    signup: Signup,
    by: Actor = SYSTEM,
  ) {
    this.#store = store;
    this.#drivers = drivers;
    this.#seal = seal;
    this.#clock = clock;
    this.#signup = signup;
    this.#by = by;
  }

  /** The same directory; what is changed through this one is written down as done by somebody. */
  as(by: Actor): Directory {
    return new Directory(this.#store, this.#drivers, this.#seal, this.#clock, this.#signup, by);
  }

  /** @throws DirectoryError */
  async createAccount(name: string): Promise<Tenant> {
    const { account, acts } = this.draftAccount(name);
    const taken = `There is an account ${account.slug} already; give another name.`;
    await this.#unlessTaken(this.#store.addTenant(account, acts), taken);
    return account;
  }

  /**
   * An account that is not stored yet, and the acts that tell of it.
   * @param slug what the command line is to call it
   * @throws DirectoryError
   */
  draftAccount(
    name: string,
    slug = slugOf(name),
  ): { readonly account: Tenant; readonly acts: readonly Act[] } {
    if (name.length > NAME_MAX || slug === '' || /\p{Cc}/u.test(name)) {
      throw new DirectoryError([
        `name can not be ${JSON.stringify(name.slice(0, 40))}; give 1 to ${NAME_MAX} letters or digits.`,
      ]);
    }
    const account = { id: newId(), slug, name, createdAtMicros: this.#clock.nowMicros() };
    const act = this.#act(account.id, 'account.create', account.id, { account: slug, name });
    // In the installation's log too: an account whose own one is gone is missed.
    return { account, acts: [act, { ...act, log: INSTALLATION }] };
  }

  accounts(): Promise<Tenant[]> {
    return this.#store.tenants();
  }

  accountById(id: string): Promise<Tenant | undefined> {
    return this.#store.tenantById(id);
  }

  /** @throws DirectoryError where there is no such account */
  async account(slug: string): Promise<Tenant> {
    const tenant = await this.#store.tenantBySlug(slug);
    if (tenant !== undefined) return tenant;
    const known = (await this.#store.tenants()).map((each) => each.slug);
    const right =
      known.length === 0
        ? 'make one with: click2call account create'
        : `there are ${known.slice(0, 20).join(', ')}`;
    throw new DirectoryError([`There is no account ${JSON.stringify(slug)}; ${right}.`]);
  }

  /** @throws DirectoryError */
  async addPbx(tenantId: string, name: string, driverId: string, given: Settings): Promise<PbxRecord> {
    const driver = this.#driver(driverId);
    const reading = this.#readGiven(driver, given);
    const problems = [...pbxNameProblems(name, driver), ...(reading.ok ? [] : reading.problems)];
    if (problems.length > 0 || !reading.ok) throw new DirectoryError(problems);
    const id = newId();
    const doorKey = newDoorKey(driver);
    const add = async (masterKeyId: string | undefined) => {
      const record: PbxRecord = {
        id,
        tenantId,
        name,
        driver: driverId,
        ...this.#sealed(driver, reading.settings, id, doorKey, masterKeyId),
        revision: 1,
        createdAtMicros: this.#clock.nowMicros(),
      };
      const detail = { name, driver: driverId, settings: record.settings };
      await this.#store.addPbx(record, this.#act(tenantId, 'pbx.add', id, detail));
      return record;
    };
    return this.#unlessTaken(this.sealing(add), `The account has a PBX ${name} already; give another name.`);
  }

  /** Replaces all settings of a PBX. @throws DirectoryError */
  async changePbx(pbx: PbxRecord, given: Settings): Promise<void> {
    const driver = this.driverOf(pbx);
    const reading = this.#readGiven(driver, given);
    if (!reading.ok) throw new DirectoryError(reading.problems);
    await this.#change(pbx, driver, reading.settings);
  }

  /**
   * Changes some settings of a PBX: null makes one what it is by itself, and a secret given as it is shown stays.
   * @throws DirectoryError, SealBroken
   */
  async changeSettings(
    pbx: PbxRecord,
    changes: Readonly<Record<string, SettingValue | null>>,
  ): Promise<void> {
    const driver = this.driverOf(pbx);
    const before: Settings = { ...pbx.settings, ...this.#unsealed(pbx).secret };
    const isChange = ([name, value]: readonly [string, SettingValue | null]) =>
      value !== SHOWN_SECRET || pbx.settings[name] !== undefined || before[name] === undefined;
    const changed = Object.fromEntries(Object.entries(changes).filter(isChange));
    const given = withoutNulls(changed);
    const refused = this.#refusedToStrangers(driver, given);
    const reading: SettingsReading =
      refused.length > 0
        ? { ok: false, problems: refused }
        : readSettings(driver.manifest, withoutNulls({ ...before, ...changed }));
    if (!reading.ok) throw new DirectoryError(reading.problems);
    await this.#change(pbx, driver, reading.settings);
  }

  async #change(pbx: PbxRecord, driver: PbxDriver, settings: Settings): Promise<void> {
    const before = this.#unsealed(pbx);
    const detail = {
      name: pbx.name,
      ...changedSettings(driver, { ...pbx.settings, ...before.secret }, settings),
    };
    const act = this.#act(pbx.tenantId, 'pbx.change', pbx.id, detail);
    await this.sealing((masterKeyId) => {
      const sealed = this.#sealed(driver, settings, pbx.id, before.doorKey, masterKeyId);
      return this.#store.changePbx(pbx.id, sealed, act);
    });
  }

  /** The account's PBXs, oldest first. */
  pbxsOf(tenantId: string): Promise<PbxRecord[]> {
    return this.#store.pbxsOf(tenantId);
  }

  /** One of the account's PBXs by its id; undefined where it has none such, or none any more. */
  async pbxOf(tenantId: string, pbxId: string | undefined): Promise<PbxRecord | undefined> {
    return (await this.pbxsOf(tenantId)).find(({ id }) => id === pbxId);
  }

  /** @throws DirectoryError where the account has no such PBX */
  async pbx(tenantId: string, name: string): Promise<PbxRecord> {
    const pbxs = await this.pbxsOf(tenantId);
    const found = pbxs.find((pbx) => pbx.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
    const known = pbxs.map((pbx) => pbx.name).join(', ');
    const right = known === '' ? 'add one with: click2call pbx add' : `there are ${known}`;
    throw new DirectoryError([`The account has no PBX ${JSON.stringify(name)}; ${right}.`]);
  }

  /** @throws DirectoryError where the account has no such PBX */
  async removePbx(tenantId: string, name: string): Promise<void> {
    const { id, name: stored, driver } = await this.pbx(tenantId, name);
    const act = this.#act(tenantId, 'pbx.remove', id, { name: stored, driver });
    await this.#store.removePbx(tenantId, stored, act);
  }

  /** What the account's calls may be. On the way of a click. */
  async policyOf(tenantId: string): Promise<Policy> {
    const stored = await this.#store.policyOf(tenantId);
    // A rule that came later is as it is for a new account.
    return stored === undefined ? DEFAULT_POLICY : { ...DEFAULT_POLICY, ...stored };
  }

  /** Sets a policy as a whole; what is left out is as it is for a new account. @throws PolicyError */
  async setPolicy(tenantId: string, given: Readonly<Record<string, unknown>>): Promise<Policy> {
    const reading = readPolicy(given, (await loadNumbering()).countries);
    if (!reading.ok) throw new PolicyError(reading.problems);
    const before = await this.policyOf(tenantId);
    const changed = Object.entries(reading.policy).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Policy]),
    );
    const act = this.#act(tenantId, 'policy.set', tenantId, Object.fromEntries(changed));
    await this.#store.setPolicy(tenantId, reading.policy, act);
    return reading.policy;
  }

  driverOf(pbx: PbxRecord): PbxDriver {
    return this.#driver(pbx.driver);
  }

  /** Seals every secret that is stored anew with the newest master key. It may be stopped at any time, and repeated. */
  reseal(): Promise<Resealed> {
    const masterKey = this.#seal.newestKeyId();
    return resealAll(this.#store, this.#seal, this.#act(INSTALLATION, 'master_key.use', masterKey, {}));
  }

  /** Every kind of PBX that there is. */
  get drivers(): readonly PbxDriver[] {
    return this.#drivers;
  }

  /** What a PBX can tell and do, by its kind and its settings. */
  capabilitiesOf(pbx: PbxRecord): Capabilities {
    return capabilitiesOf(this.driverOf(pbx).manifest, pbx.settings);
  }

  /** All settings of a PBX, secrets unsealed. @throws SealBroken */
  settingsOf(pbx: PbxRecord): Settings {
    const { secret } = this.#unsealed(pbx);
    const reading = readSettings(this.driverOf(pbx).manifest, { ...pbx.settings, ...secret });
    if (!reading.ok) throw new DirectoryError(reading.problems);
    return reading.settings;
  }

  /** What is given at the command line while sign-up is closed is the operator's own, and stays in use. */
  #refusedToStrangers({ manifest }: PbxDriver, given: Settings): readonly string[] {
    const isStranger = this.#signup === 'open' || this.#by.kind === 'key' || this.#by.kind === 'user';
    return isStranger ? (manifest.notForStrangers?.(given) ?? []) : [];
  }

  #readGiven(driver: PbxDriver, given: Settings): SettingsReading {
    const problems = this.#refusedToStrangers(driver, given);
    return problems.length > 0 ? { ok: false, problems } : readSettings(driver.manifest, given);
  }

  #driver(id: string): PbxDriver {
    const driver = this.#drivers.find((each) => each.manifest.id === id);
    if (driver !== undefined) return driver;
    const known = this.#drivers.map((each) => each.manifest.id).join(', ');
    throw new DirectoryError([`driver can not be ${JSON.stringify(id)}; give one of ${known}.`]);
  }

  /** Of any account, undefined where there is none: for a PBX that comes to us. */
  pbxById(id: string): Promise<PbxRecord | undefined> {
    return this.#store.pbxById(id);
  }

  /** What a PBX that connects to us shows; undefined for one that we connect to. @throws SealBroken */
  doorKeyOf(pbx: PbxRecord): string | undefined {
    return this.#unsealed(pbx).doorKey;
  }

  #sealed(
    driver: PbxDriver,
    settings: Settings,
    pbxId: string,
    doorKey: string | undefined,
    masterKeyId: string | undefined,
  ): Pick<PbxRecord, 'settings' | 'sealed'> {
    const { open, secret } = splitSecrets(driver.manifest, settings);
    const sealed: Sealed = { secret, ...(doorKey === undefined ? {} : { doorKey }) };
    return { settings: open, sealed: this.#seal.close(JSON.stringify(sealed), pbxId, masterKeyId) };
  }

  #act(log: string, action: Act['action'], subject: string, detail: Act['detail']): Act {
    return { log, atMicros: this.#clock.nowMicros(), by: this.#by, action, subject, detail };
  }

  /** Stores something sealed, and once more where the master key was changed in between. */
  async sealing<Result>(store: (masterKeyId: string | undefined) => Promise<Result>): Promise<Result> {
    try {
      return await store(await this.#store.masterKeyInUse());
    } catch (error) {
      if (!(error instanceof SealOutdated)) throw error;
      return store(await this.#store.masterKeyInUse());
    }
  }

  #unsealed(pbx: PbxRecord): Sealed {
    return JSON.parse(this.#seal.open(pbx.sealed, pbx.id)) as Sealed;
  }

  async #unlessTaken<Result>(adding: Promise<Result>, problem: string): Promise<Result> {
    try {
      return await adding;
    } catch (error) {
      throw error instanceof NameTaken ? new DirectoryError([problem], true) : error;
    }
  }
}

function withoutNulls(given: Readonly<Record<string, SettingValue | null>>): Settings {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

/** What a change comes to, for the audit: the new values of what is no secret, and which secrets there are new ones of. */
function changedSettings(
  { manifest }: PbxDriver,
  before: Settings,
  after: Settings,
): { readonly settings: Readonly<Record<string, SettingValue | null>>; readonly secrets: readonly string[] } {
  const { open, secret } = splitSecrets(manifest, { ...before, ...after });
  const changed = (part: Settings) => Object.keys(part).filter((name) => before[name] !== after[name]);
  return {
    settings: Object.fromEntries(changed(open).map((name) => [name, after[name] ?? null])),
    secrets: changed(secret),
  };
}

/** What an account of that name is called at the command line; empty where it has no letters that can be typed there. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase();
  return plain
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
}

/** A PBX may be called after a kind only where it is of that kind: `pbx=switchvox` must mean what it says. */
function pbxNameProblems(name: string, driver: PbxDriver): string[] {
  const { kind } = driver.manifest;
  const isOtherKind = PBX_KINDS.some((each) => each === name.toLowerCase() && each !== kind);
  if (isOtherKind)
    return [`name can not be ${name}, which is another kind of PBX than ${kind}; give another name.`];
  if (PBX_NAME.test(name)) return [];
  return [
    `name can not be ${JSON.stringify(name.slice(0, 60))}; give 1 to 40 letters, digits, blanks, dots or hyphens.`,
  ];
}
