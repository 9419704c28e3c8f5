import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authenticate, createKey } from './access/keys.ts';
import { ALL_RIGHTS } from './access/limits.ts';
import { SYSTEM } from './audit/act.ts';
import { addPerson, entryLink } from './people/operator.ts';
import { pbxDoorUrl } from '../contract/pbx-door.ts';
import type { Parts, Server } from './app.ts';
import type { PbxRecord, Tenant } from './directory/ports.ts';
import { newToken } from './kit/ids.ts';
import type { Settings } from './pbx/contract.ts';
import { startAmiSandbox } from './pbx/sandbox/ami/ami-sandbox.ts';
import { startAriSandbox, type AriSandbox } from './pbx/sandbox/ari/ari-sandbox.ts';
import { startFreeswitchSandbox } from './pbx/sandbox/freeswitch/freeswitch-sandbox.ts';
import { startHttpSandbox } from './pbx/sandbox/http/http-sandbox.ts';
import { startSwitchvoxSandbox } from './pbx/sandbox/switchvox/switchvox-sandbox.ts';

const ACCOUNT = 'Sandbox';
const OWNER = { email: 'owner@sandbox.test', name: 'Sandbox owner' };
const USERNAME = 'click2call';
/** A Wazo knows users by ids of its own, and the context of each has to be told. */
const WAZO_MAPS = {
  users: ['101', '102', '103', '104', '105', '201'].map((each) => `${each}=id-${each}`).join(','),
  contexts: '*=internal,201=longdistance',
};
const FREESWITCH_DOMAIN = 'sandbox.test';
/** Without TLS a password is not sent, so the box must not want it. */
const DIGEST = { auth: 'digest' } as const;

export interface SandboxAccount {
  readonly account: Tenant;
  readonly key: string;
  /** Logs its owner in to the console, once. */
  readonly link: string;
  close(): Promise<void>;
}

/** A PBX in the box: it listens on loopback, on another port at each start. */
interface Sandbox {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The one that every account gets which is made by sign-up: they share it, each over a session of its own. */
const GIVEN = 'sandbox';

/** One of each dialect that we connect to. The first is what a click without `pbx` goes to. */
const SANDBOXES: readonly {
  /** The account's name for it. */
  readonly name: string;
  readonly driver: string;
  readonly start: (secret: string, parts: Parts) => Promise<Sandbox>;
  readonly settings: (secret: string) => Settings;
}[] = [
  {
    name: 'sandbox',
    driver: 'asterisk-ami',
    start: (secret, { clock }) => startAmiSandbox({ clock, username: USERNAME, secret }),
    settings: (secret) => ({ username: USERNAME, secret }),
  },
  {
    name: 'sandbox-ari',
    driver: 'asterisk-ari',
    start: (password, { clock }) => startAriSandbox({ clock, username: USERNAME, password }),
    settings: (password) => ({ username: USERNAME, password }),
  },
  {
    name: 'sandbox-switchvox',
    driver: 'switchvox',
    start: (password, { clock }) =>
      startSwitchvoxSandbox({ clock, username: USERNAME, password, variant: DIGEST }),
    settings: (password) => ({ username: USERNAME, password, tls: false }),
  },
  {
    name: 'sandbox-freeswitch',
    driver: 'freeswitch',
    start: (password, { clock }) => startFreeswitchSandbox({ clock, password, domain: FREESWITCH_DOMAIN }),
    settings: (password) => ({ password, domain: FREESWITCH_DOMAIN }),
  },
  {
    name: 'sandbox-http',
    driver: 'http',
    start: (secret, { clock }) => startHttpSandbox({ clock, template: 'wazo', username: USERNAME, secret }),
    settings: (password) => ({ template: 'wazo', tls: false, username: USERNAME, password, ...WAZO_MAPS }),
  },
];

/**
 * Starts the PBXs in the box and makes the account that owns them, so that a stranger can click before owning a PBX. They
 * listen on other ports each time, so the account's PBXs are told of it at each start.
 */
export async function startSandboxAccount(parts: Parts, server: Server): Promise<SandboxAccount> {
  const started: Pick<Sandbox, 'close'>[] = [];
  const close = async () => void (await Promise.all(started.map((sandbox) => sandbox.close())));
  try {
    const account = await ensureAccount(parts);
    for (const { name, driver, start, settings } of SANDBOXES) {
      const secret = newToken(18);
      const sandbox = await start(secret, parts);
      started.push(sandbox);
      const { host, port } = sandbox;
      parts.guard.allow(host, port);
      parts.box.addPlace(host, port);
      const reached = { host, port, ...settings(secret) };
      await pointTo(parts, account, name, driver, reached);
      if (name !== GIVEN) continue;
      await pointOthersTo(parts, account, driver, reached);
      server.furnishWith(async (each) => void (await pointTo(parts, each, name, driver, reached)));
    }
    started.push(await startBehindNat(parts, account, server));
    const [key, link] = [await ensureKey(parts, account), await linkForOwner(parts, server, account)];
    return { account, key, link, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The one that connects to us: through the same door as a customer's, with the password of its own. */
async function startBehindNat(parts: Parts, account: Tenant, { urls }: Server): Promise<AriSandbox> {
  const { clock, directory, log } = parts;
  const pbx = await pointTo(parts, account, 'sandbox-ari-outbound', 'asterisk-ari-outbound', {});
  parts.box.addVisitor(pbx.id);
  const door = {
    url: pbxDoorUrl(urls[0] ?? ''),
    username: pbx.id,
    password: directory.doorKeyOf(pbx) ?? '',
    app: String(directory.settingsOf(pbx)['app']),
  };
  const sandbox = await startAriSandbox({ clock });
  const outcome = await sandbox.dialOut(door);
  log.debug({ pbx: pbx.id, outcome }, 'The sandbox that connects to us has tried to.');
  return sandbox;
}

async function ensureAccount({ directory }: Parts): Promise<Tenant> {
  const existing = (await directory.accounts()).find((tenant) => tenant.slug === ACCOUNT.toLowerCase());
  return existing ?? directory.createAccount(ACCOUNT);
}

async function pointTo(
  { directory }: Parts,
  account: Tenant,
  name: string,
  driver: string,
  settings: Settings,
): Promise<PbxRecord> {
  const existing = (await directory.pbxsOf(account.id)).find((each) => each.name === name);
  if (existing === undefined) return directory.addPbx(account.id, name, driver, settings);
  await directory.changePbx(existing, settings);
  return existing;
}

/** Accounts that were given it at an earlier start are told where it is now. One of that name that is elsewhere is their own. */
async function pointOthersTo(parts: Parts, own: Tenant, driver: string, reached: Settings): Promise<void> {
  for (const account of await parts.directory.accounts()) {
    const given = (await parts.directory.pbxsOf(account.id)).find(
      ({ name, driver: kind, settings }) =>
        name === GIVEN &&
        kind === driver &&
        settings['host'] === reached['host'] &&
        settings['username'] === USERNAME,
    );
    if (given !== undefined && account.id !== own.id) await pointTo(parts, account, GIVEN, driver, reached);
  }
}

async function linkForOwner({ people }: Parts, { publicUrl }: Server, account: Tenant): Promise<string> {
  const here = { ...people, publicUrl: () => publicUrl };
  const members = await people.store.membersOf(account.id);
  if (!members.some(({ user }) => user.email === OWNER.email)) await addPerson(here, account, OWNER, SYSTEM);
  return entryLink(here, account, OWNER.email, SYSTEM);
}

/** The key can ring nobody's phone, so it is kept in a file: the printed URL stays good from one start to the next. */
async function ensureKey({ store, clock, config }: Parts, account: Tenant): Promise<string> {
  const path = join(config.dataDir, 'sandbox.key');
  const kept = await readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
  if (kept !== undefined && (await authenticate(store.keys, clock, kept))?.tenantId === account.id)
    return kept;
  const { key } = await createKey(store.keys, clock, account.id, 'printed at start', undefined, {
    ...ALL_RIGHTS,
    kind: 'test',
  });
  await writeFile(path, `${key}\n`, { mode: 0o600 });
  return key;
}
