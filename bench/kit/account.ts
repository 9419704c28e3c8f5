import { join } from 'node:path';
import { SYSTEM } from '../../src/audit/act.ts';
import { createKey } from '../../src/access/keys.ts';
import { openParts } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import type { SettingValue } from '../../src/pbx/contract.ts';
import type { AmiUser } from '../../test/lab/pbx-config.ts';

/** A PBX for a gateway to use. */
export interface BenchPbx {
  readonly name: string;
  /** As in `pbx add --driver`. */
  readonly driver: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/** Out of the way: here the PBX's own speed is what is asked for. */
export const UNBOUND = { originates_per_second: 100_000, calls_in_progress: 100_000 } as const;

/** The stub takes any login. */
export const STUB_USER: AmiUser = { username: 'c2c', secret: 'any' };

/**
 * Of every driver for an Asterisk: the first leg of every call is the lab's extension 100, which answers at once; the
 * rest is as an administrator would leave it.
 */
export const ASTERISK_CALLS = {
  first_channel: 'Local/100@default/n',
  context: 'default',
  ...UNBOUND,
} as const;

/** An Asterisk or the stub, by its manager interface. */
export function amiPbx(name: string, port: number, { username, secret }: AmiUser): BenchPbx {
  return {
    name,
    driver: 'asterisk-ami',
    settings: { host: '127.0.0.1', port, username, secret, ...ASTERISK_CALLS },
  };
}

/** Where a gateway keeps its data, and how often the same click may come: every click counts here. */
export function gatewayEnv(dataDir: string): Record<string, string> {
  return { C2C_DATA_DIR: dataDir, C2C_REPEAT_WINDOW_MS: '0' };
}

/** The database of a gateway, before that is started: an account, its key, its PBXs and its webhook, where it has one. */
export async function makeAccount(
  dataDir: string,
  pbxs: readonly BenchPbx[],
  receiverUrl?: string,
): Promise<{ tenantId: string; key: string }> {
  const parts = await openParts(readConfig({ ...gatewayEnv(dataDir), C2C_LOG_LEVEL: 'warn' }));
  try {
    const { id: tenantId } = await parts.directory.createAccount('Bench');
    for (const pbx of pbxs) {
      await parts.directory.addPbx(tenantId, pbx.name, pbx.driver, pbx.settings);
    }
    const toAll = { types: undefined, label: '' };
    if (receiverUrl !== undefined) await parts.webhooks.add(tenantId, { ...toAll, url: receiverUrl }, SYSTEM);
    const { key } = await createKey(parts.store.keys, parts.clock, tenantId, 'bench');
    return { tenantId, key };
  } finally {
    await parts.close();
  }
}

/** Where a gateway's database is. */
export function databaseOf(dataDir: string): string {
  return join(dataDir, 'click2call.db');
}
