import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CallResponse, StatusResponse } from '../../contract/c2c-v2.ts';
import { createKey } from '../../src/access/keys.ts';
import { SYSTEM } from '../../src/audit/act.ts';
import { openParts, startServer, type Parts } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import type { SettingValue } from '../../src/pbx/contract.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { CallRecord, Journal } from '../../src/switchboard/ports.ts';
import type { AmiUser } from '../lab/pbx-config.ts';
import { keepChild, type KeptChild } from '../lab/kept-child.ts';

/** What a click asks for, by the names of the documented API. */
export interface Order {
  readonly dial_first: string;
  readonly dial_second: string;
  readonly dial_as?: string;
  readonly timeout?: number;
}

/** The service as its clients have it: its address, a key, and what the documented API does. */
export interface Client {
  readonly url: string;
  readonly key: string;
  /** One click, and its answer. */
  click(order: Order): Promise<CallResponse>;
  status(requestId: string): Promise<StatusResponse['c2c_status']>;
}

/** A service of one's own, with one account, one key and the lab's Asterisk as its only PBX. */
export interface Gateway extends Client, AsyncDisposable {
  /** Its parts, to look at what no client can see. */
  readonly parts: Parts;
  close(): Promise<void>;
}

/** Where the PBX is, and its login: a lab's Asterisk, or what speaks as one. */
export interface AmiDoor {
  readonly amiPort: number;
  readonly amiUsers: { readonly c2c: AmiUser };
}

/** What may be set about a service; everything has a default. */
export interface GatewayOptions {
  /** Settings of the PBX beside where the lab is and how to log in there; they may replace those too. */
  readonly settings?: Readonly<Record<string, SettingValue>>;
  /** By which the PBX is spoken to, `asterisk-ami` unless given; of another, `settings` say everything. */
  readonly driver?: string;
  /** Where the account's events are sent; nowhere unless given. */
  readonly receiverUrl?: string;
  /** How long the same click is one click; here 0, which lets every click ring. */
  readonly repeatWindowMs?: number;
  /** Settings of the service itself, by their names in the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the service in this process. */
export async function startGateway(lab: AmiDoor, options: GatewayOptions = {}): Promise<Gateway> {
  const dataDir = await mkdtemp(join(tmpdir(), 'c2c-gateway-'));
  const remove = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  try {
    const parts = await openParts(readConfig(environmentOf(dataDir, options)));
    const key = await addAccount(parts, lab, options);
    const server = await startServer(parts);
    const close = async (): Promise<void> => {
      await server.close();
      await remove();
    };
    return { ...clientOf(() => server.urls[0] ?? '', key), parts, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A service in a process of its own, which can be killed without being asked, and started again on the same data. */
export interface GatewayProcess extends Client, AsyncDisposable {
  /** Where its database stands, unless it has one elsewhere. */
  readonly dataDir: string;
  /** Of the process that runs now, or ran last. */
  readonly pid: number;
  /** `kill -9`; settles when the process is gone. */
  kill(): Promise<void>;
  /** Asks it to end, by SIGTERM, and waits until it has. @returns its exit code, null where a signal ended it */
  stop(): Promise<number | null>;
  /** Starts it again, on another port. */
  start(): Promise<void>;
  /** Looks into its journal from beside it, whether it runs or not. */
  look<Result>(into: (journal: Journal) => Promise<Result>): Promise<Result>;
  callOf(requestId: string): Promise<CallRecord | undefined>;
  /** The second numbers of all requests that its journal holds, answered or not. */
  secondsInJournal(): string[];
  /** The ids of all requests that its journal holds. */
  callIds(): string[];
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Starts the service as an administrator would: `click2call serve`, on data that has an account, a key and a PBX. */
export async function startGatewayProcess(
  lab: AmiDoor,
  options: GatewayOptions = {},
): Promise<GatewayProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'c2c-gateway-'));
  const settings = environmentOf(dataDir, options);
  const parts = await openParts(readConfig(settings));
  const key = await addAccount(parts, lab, options);
  await parts.close();
  let url = '';
  let child: KeptChild | undefined;
  const start = async (): Promise<void> => {
    const output = join(dataDir, `output-${Date.now()}`);
    const variables = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    const command = ['env', ...variables, process.execPath] as const;
    child = await keepChild(command, [MAIN, 'serve'], { folder: dataDir, output });
    url = await untilListening(output, child.running);
  };
  const kill = async (): Promise<void> => child?.kill();
  const look: GatewayProcess['look'] = async (into) => {
    const store = await openStore({ url: settings['C2C_DATABASE_URL'] ?? join(dataDir, 'click2call.db') });
    try {
      return await into(store.journal);
    } finally {
      await store.close();
    }
  };
  await start();
  return {
    ...clientOf(() => url, key),
    get url() {
      return url;
    },
    dataDir,
    get pid() {
      return child?.pid ?? 0;
    },
    kill,
    async stop() {
      if (child?.running() === true) process.kill(child.pid, 'SIGTERM');
      return (await child?.exited) ?? null;
    },
    start,
    look,
    secondsInJournal: () => column(dataDir, 'second'),
    callIds: () => column(dataDir, 'id'),
    callOf: (requestId) => look((journal) => journal.callById(requestId)),
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A column of all calls in the journal, read beside the service. */
function column(dataDir: string, name: 'id' | 'second'): string[] {
  using database = new DatabaseSync(join(dataDir, 'click2call.db'), { readOnly: true });
  return database
    .prepare(`SELECT ${name} FROM call`)
    .all()
    .map((row) => String(row[name]));
}

function environmentOf(
  dataDir: string,
  { repeatWindowMs = 0, environment = {} }: GatewayOptions,
): Record<string, string> {
  return {
    C2C_DATA_DIR: dataDir,
    C2C_HTTP_PORT: '0',
    C2C_SERVER_ID: 'journeys',
    C2C_REPEAT_WINDOW_MS: String(repeatWindowMs),
    C2C_LOG_LEVEL: 'fatal',
    ...environment,
  };
}

async function addAccount(
  parts: Parts,
  lab: AmiDoor,
  { driver, settings = {}, receiverUrl }: GatewayOptions,
): Promise<string> {
  const { directory, store, clock, webhooks } = parts;
  const account = await directory.createAccount('Acme');
  const ami = { host: '127.0.0.1', port: lab.amiPort, ...lab.amiUsers.c2c, ...settings };
  await directory.addPbx(account.id, 'lab', driver ?? 'asterisk-ami', driver === undefined ? ami : settings);
  const toAll = { types: undefined, label: '' };
  if (receiverUrl !== undefined) await webhooks.add(account.id, { ...toAll, url: receiverUrl }, SYSTEM);
  return (await createKey(store.keys, clock, account.id, 'journeys')).key;
}

function clientOf(url: () => string, key: string): Client {
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url()}${path}`, { headers: { authorization: `Bearer ${key}` } });
    if (response.status !== 200) throw new Error(`${path} was answered with HTTP ${response.status}.`);
    return response.json();
  };
  return {
    key,
    get url() {
      return url();
    },
    async click(order) {
      const { timeout, ...numbers } = order;
      const query = new URLSearchParams({ ...numbers, ...(timeout && { timeout: String(timeout) }) });
      return (await ask(`/c2c/v2?${query}`)) as CallResponse;
    },
    async status(requestId) {
      return ((await ask(`/c2c/v2/status/${requestId}`)) as StatusResponse).c2c_status;
    },
  };
}

async function untilListening(output: string, running: () => boolean): Promise<string> {
  const late = Date.now() + 20_000;
  for (;;) {
    const said = await readFile(output, 'utf8');
    const url = /listens on (http:\/\/\S+)/.exec(said)?.[1];
    if (url !== undefined) return url;
    if (!running() || Date.now() > late) throw new Error(`The service does not start: ${said}`);
    await sleep(10);
  }
}
