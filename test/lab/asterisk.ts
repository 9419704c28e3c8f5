import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asteriskRoot, type Release, type Root } from './asterisk-root.ts';
import { makeCertificate, type Certificate } from './certificate.ts';
import { amiUsers, ariUser, type AmiUser, type LabFolders } from './pbx-config.ts';
import { makeFolders, writeConfig } from './pbx-files.ts';
import { people, type Endpoint } from './pbx-people.ts';
import { pbxProcess, type PbxProcess } from './pbx-process.ts';
import { takePortBlock, type PortBlock } from './port-block.ts';

/** Where a lab is reached. */
export interface LabPorts {
  readonly amiPort: number;
  readonly amiTlsPort: number;
  /** ARI is at `http://127.0.0.1:<httpPort>/ari`. */
  readonly httpPort: number;
  readonly sipPort: number;
  /**
   * The port where the phone of an endpoint is awaited: `startPhone({ port: lab.phonePort('101') })`.
   *
   * @throws Error when there is no such endpoint, or it is registered nowhere
   */
  phonePort(name: string): number;
}

/** What may be changed about a lab; everything has a default. */
export interface AsteriskOptions {
  readonly release?: Release;
  /** Seconds that extension `100` in context `default` holds a call; default 0.2. */
  readonly benchWaitSeconds?: number;
  /** Endpoints beside {@link people}; those that are registered get a phone port. */
  readonly endpoints?: readonly Endpoint[];
  /** Text for the end of configuration files, by file name: `{ 'extensions.conf': '[more]\n…' }`. */
  readonly append?: Readonly<Record<string, string | ((ports: LabPorts) => string)>>;
}

/** A running Asterisk of one's own; everything it listens on is on 127.0.0.1. */
export interface Asterisk extends LabPorts, AsyncDisposable {
  readonly amiUsers: typeof amiUsers;
  readonly ariUser: AmiUser;
  /** What it shows at `amiTlsPort`. */
  readonly certificate: Certificate;
  /** The folder of its configuration files: write there, then `cli('module reload …')`. */
  readonly etc: string;
  /** Its process, to look at or to signal; another one after `restart`. */
  pid(): number;
  /** Asks the PBX itself, as with `asterisk -rx`: `cli('core show channels')`. */
  cli(command: string): Promise<string>;
  /** The call records so far, one CSV line each, oldest first; the account code is the first column. */
  cdr(): Promise<string[]>;
  /** Its notices, warnings and errors so far. */
  log(): Promise<string>;
  /** Ends it at once, as a power failure would; it can be restarted. */
  kill(): Promise<void>;
  /** Starts it again with the same ports and files; kills it first if it still runs. */
  restart(): Promise<void>;
  /** Ends it for good and removes its folder; may be called again. */
  stop(): Promise<void>;
}

/**
 * Starts an Asterisk that has the endpoints of {@link people}, and waits until it is fully booted.
 *
 * @throws Error with the end of Asterisk's log when it does not come up; nothing is left running then
 */
export async function startAsterisk(options: AsteriskOptions = {}): Promise<Asterisk> {
  const root = await asteriskRoot(options.release);
  const block = await takePortBlock();
  const folder = await mkdtemp(join(tmpdir(), 'c2c-'));
  const cleanUp = async (): Promise<void> => {
    block.release();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const folders = await makeFolders(folder);
    const prepared = await prepare(root, block, folders, options);
    const pbx = pbxProcess(root, folder, folders, block.ami);
    await pbx.start();
    return handles(prepared, pbx, folders, cleanUp);
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

interface Prepared {
  readonly ports: LabPorts;
  readonly certificate: Certificate;
}

async function prepare(
  root: Root,
  block: PortBlock,
  folders: LabFolders,
  options: AsteriskOptions,
): Promise<Prepared> {
  const certificate = await makeCertificate(root.openssl, folders.etc);
  const endpoints = [...people, ...(options.endpoints ?? [])];
  const phonePorts = sharePorts(endpoints, block.phones);
  const ports = labPorts(block, phonePorts);
  const append = Object.fromEntries(
    Object.entries(options.append ?? {}).map(([name, text]) => [
      name,
      typeof text === 'string' ? text : text(ports),
    ]),
  );
  const benchWaitSeconds = options.benchWaitSeconds ?? 0.2;
  const { directories, sampleConfig } = root;
  const settings = {
    directories,
    folders,
    ports: block,
    certificate,
    endpoints,
    phonePorts,
    benchWaitSeconds,
  };
  await writeConfig(settings, sampleConfig, append);
  return { ports, certificate };
}

function sharePorts(endpoints: readonly Endpoint[], free: readonly number[]): Map<string, number> {
  const registered = endpoints.filter((endpoint) => endpoint.registered !== false);
  return new Map(
    registered.map(({ name }, index) => {
      const port = free[index];
      if (port === undefined)
        throw new Error(`a lab has room for ${free.length} phones, not ${registered.length}`);
      return [name, port];
    }),
  );
}

function labPorts(block: PortBlock, phonePorts: ReadonlyMap<string, number>): LabPorts {
  return {
    amiPort: block.ami,
    amiTlsPort: block.amiTls,
    httpPort: block.http,
    sipPort: block.sip,
    phonePort(name) {
      const port = phonePorts.get(name);
      if (port === undefined) throw new Error(`the lab has no registered endpoint ${name}`);
      return port;
    },
  };
}

function handles(
  { ports, certificate }: Prepared,
  pbx: PbxProcess,
  folders: LabFolders,
  cleanUp: () => Promise<void>,
): Asterisk {
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= pbx.kill().then(cleanUp, cleanUp));
  return {
    ...ports,
    amiUsers,
    ariUser,
    certificate,
    etc: folders.etc,
    pid: () => pbx.pid(),
    cli: (command) => pbx.cli(command),
    async cdr() {
      const text = await readFile(join(folders.log, 'cdr-csv', 'Master.csv'), 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    log: () => pbx.log(),
    kill: () => pbx.kill(),
    async restart() {
      await pbx.kill();
      await pbx.start();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
