import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '../src/access/keys.ts';
import { openParts, startServer, type Parts, type Server } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';
import type { Tenant } from '../src/directory/ports.ts';
import type { Clock } from '../src/kit/clock.ts';
import type { CallResponse, StatusResponse } from '../contract/c2c-v2.ts';
import { startAmiSandbox, type SandboxOptions, type AmiSandbox } from '../src/pbx/sandbox/ami/ami-sandbox.ts';

/** The whole service in this process, on a free port and in a folder of its own, with one account and its key. */
export interface Gateway extends AsyncDisposable {
  readonly url: string;
  readonly urls: readonly string[];
  readonly parts: Parts;
  readonly server: Server;
  readonly account: Tenant;
  readonly key: string;
  /** Another account with its own key. */
  addAccount(name: string): Promise<{ account: Tenant; key: string }>;
  addPbx(name: string, settings: Readonly<Record<string, string>>): Promise<void>;
  /** `GET /c2c/v2` with the account's key, unless `api_key` is among the parameters. */
  click(parameters: Readonly<Record<string, string>>): Promise<CallResponse>;
  status(requestId: string, key?: string): Promise<StatusResponse>;
}

export async function startGateway(
  environment: Readonly<Record<string, string>> = {},
  clock?: Clock,
): Promise<Gateway> {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-'));
  const config = readConfig({
    C2C_DATA_DIR: folder,
    C2C_HTTP_PORT: '0',
    C2C_LOG_LEVEL: 'silent',
    // Tests come all from one address, and fail on purpose.
    C2C_ATTEMPTS_MAX: '0',
    ...environment,
  });
  const parts = await openParts(config, clock);
  const server = await startServer(parts);
  const addAccount = async (name: string) => {
    const account = await parts.directory.createAccount(name);
    const { key } = await createKey(parts.store.keys, parts.clock, account.id, 'test');
    return { account, key };
  };
  const { account, key } = await addAccount('Acme');
  const url = server.urls[0] ?? '';
  return {
    url,
    urls: server.urls,
    parts,
    server,
    account,
    key,
    addAccount,
    addPbx: async (name, settings) =>
      void (await parts.directory.addPbx(account.id, name, 'asterisk-ami', settings)),
    click: (parameters) =>
      json<CallResponse>(`${url}/c2c/v2?${new URLSearchParams({ api_key: key, ...parameters })}`),
    status: (id, as = key) => json<StatusResponse>(`${url}/c2c/v2/status/${id}?api_key=${as}`),
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface SandboxGateway extends Gateway {
  readonly pbx: AmiSandbox;
}

/** What the PBX in the box wants to hear. */
export const PBX_LOGIN = { username: 'c2c', secret: 'canary-pbx' } as const;

/** The same, with the PBX in the box, ten times as fast as life. */
export async function startSandboxGateway(
  environment: Readonly<Record<string, string>> = {},
  options: SandboxOptions = {},
  settings: Readonly<Record<string, string>> = {},
  clock?: Clock,
): Promise<SandboxGateway> {
  const pbx = await startAmiSandbox({ ...PBX_LOGIN, pace: 0.1, ...options });
  const gateway = await startGateway(environment, clock);
  const roomy = { originates_per_second: '1000', calls_in_progress: '1000' };
  const login = { host: pbx.host, port: String(pbx.port), ...PBX_LOGIN };
  await gateway.addPbx('main', { ...login, ...roomy, ...settings });
  return {
    ...gateway,
    pbx,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await pbx.close();
    },
  };
}

async function json<Body>(url: string): Promise<Body> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}
