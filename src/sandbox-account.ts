import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authenticate, createKey } from './access/keys.ts';
import type { Parts } from './app.ts';
import type { Tenant } from './directory/ports.ts';
import { newToken } from './kit/ids.ts';
import { startAmiSandbox, type AmiSandbox } from './pbx/sandbox/ami/ami-sandbox.ts';

const ACCOUNT = 'Sandbox';
const PBX = 'sandbox';
const USERNAME = 'click2call';

export interface SandboxAccount {
  readonly account: Tenant;
  readonly key: string;
  close(): Promise<void>;
}

/**
 * Starts the PBX in the box and makes the account that owns it, so that a stranger can click before owning a PBX. The
 * sandbox listens on another port each time, so the account's PBX is told of it at each start.
 */
export async function startSandboxAccount(parts: Parts): Promise<SandboxAccount> {
  const secret = newToken(18);
  const pbx = await startAmiSandbox({ clock: parts.clock, username: USERNAME, secret });
  try {
    parts.guard.allow(pbx.host, pbx.port);
    const account = await ensureAccount(parts);
    await pointTo(parts, account, pbx, secret);
    return { account, key: await ensureKey(parts, account), close: () => pbx.close() };
  } catch (error) {
    await pbx.close();
    throw error;
  }
}

async function ensureAccount({ directory }: Parts): Promise<Tenant> {
  const existing = (await directory.accounts()).find((tenant) => tenant.slug === ACCOUNT.toLowerCase());
  return existing ?? directory.createAccount(ACCOUNT);
}

async function pointTo(
  { directory }: Parts,
  account: Tenant,
  pbx: AmiSandbox,
  secret: string,
): Promise<void> {
  const settings = { host: pbx.host, port: pbx.port, username: USERNAME, secret };
  const existing = (await directory.pbxsOf(account.id)).find((each) => each.name === PBX);
  if (existing === undefined) await directory.addPbx(account.id, PBX, 'asterisk-ami', settings);
  else await directory.changePbx(existing, settings);
}

/** The key can ring nobody's phone, so it is kept in a file: the printed URL stays good from one start to the next. */
async function ensureKey({ store, clock, config }: Parts, account: Tenant): Promise<string> {
  const path = join(config.dataDir, 'sandbox.key');
  const kept = await readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
  if (kept !== undefined && (await authenticate(store.keys, kept))?.tenantId === account.id) return kept;
  const { key } = await createKey(store.keys, clock, account.id, 'printed at start');
  await writeFile(path, `${key}\n`, { mode: 0o600 });
  return key;
}
