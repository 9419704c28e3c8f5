import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run, withRetries, type CommandPrefix } from './command.ts';
import { debianMirror } from './debian-mirror.ts';
import { makeFolderOnce } from './make-once.ts';

/** The Debian releases an Asterisk is taken from: `sid` has Asterisk 22, `bullseye` has Asterisk 16. */
export type Release = 'sid' | 'bullseye';

/** A folder with an Asterisk, a SIPp and all their libraries, that runs without being installed. */
export interface Root {
  readonly release: Release;
  readonly folder: string;
  /** Put these before the arguments of the program: the folder's own loader, its libraries, the binary. */
  readonly asterisk: CommandPrefix;
  readonly sipp: CommandPrefix;
  readonly openssl: CommandPrefix;
  /** What `[directories]` of asterisk.conf must say about the parts that come with the packages. */
  readonly directories: {
    readonly astmoddir: string;
    readonly astdatadir: string;
    readonly astvarlibdir: string;
  };
  /** The folder of the package's own configuration files. */
  readonly sampleConfig: string;
}

const packages: Record<Release, readonly string[]> = {
  sid: ['asterisk', 'asterisk-core-sounds-en-gsm', 'sip-tester', 'openssl'],
  bullseye: ['asterisk', 'asterisk-core-sounds-en-gsm', 'openssl'],
};

const made = new Map<Release, Promise<Root>>();

/**
 * Fetches Asterisk, SIPp and everything they need into a cache, once; afterwards it only looks there. Needs no rights:
 * the packages are unpacked, not installed, and run with their own loader and libraries.
 *
 * @throws Error that says what failed and how to mend it: without a lab nothing may be taken for tested
 */
export function asteriskRoot(release: Release = 'sid'): Promise<Root> {
  const known = made.get(release);
  if (known !== undefined) return known;
  const making = makeRoot(release);
  made.set(release, making);
  making.catch(() => made.delete(release));
  return making;
}

async function makeRoot(release: Release): Promise<Root> {
  const folder = join(cacheFolder(), `asterisk-${release}-1`);
  try {
    await makeFolderOnce(folder, (empty) => fetchPackages(release, empty));
    return await describeRoot(release, folder);
  } catch (error) {
    const advice =
      'The lab needs a Debian-like machine with apt-get, dpkg-deb, a Debian mirror among its apt sources, 500 MB of disk, ' +
      `and the network for the first run. If ${folder} is damaged, remove it and run again.`;
    throw new Error(`No Asterisk for the lab (${release}): ${String(error)}\n${advice}`, { cause: error });
  }
}

/** The cache of this project, outside the repository: `$XDG_CACHE_HOME/click2call` or `~/.cache/click2call`. */
function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'click2call');
}

async function fetchPackages(release: Release, into: string): Promise<void> {
  const apt = join(into, 'apt');
  const settings = await prepareApt(release, apt);
  await withRetries(4, () => run(['apt-get'], [...settings, 'update']));
  const install = ['-y', '--download-only', 'install', ...packages[release]];
  await withRetries(4, () => run(['apt-get'], [...settings, ...install], { timeout: 600_000 }));
  const archives = join(apt, 'cache', 'archives');
  const debs = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  for (const deb of debs) await run(['dpkg-deb'], ['-x', join(archives, deb), into]);
  await rm(apt, { recursive: true });
  await describeRoot(release, into);
}

/** An apt of one's own: its empty status file makes it fetch every dependency, the C library included. */
async function prepareApt(release: Release, folder: string): Promise<string[]> {
  await mkdir(join(folder, 'state', 'lists', 'partial'), { recursive: true });
  await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  const mirror = await debianMirror();
  const signed = mirror.keyring === null ? '' : `[signed-by=${mirror.keyring}] `;
  await writeFile(join(folder, 'status'), '');
  await writeFile(join(folder, 'sources.list'), `deb ${signed}${mirror.uri} ${release} main\n`);
  const settings = {
    'Dir::State': join(folder, 'state'),
    'Dir::State::lists': join(folder, 'state', 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'APT::Install-Recommends': 'false',
    // Run by root, apt would fetch as another user, who may not read root's own cache.
    'APT::Sandbox::User': 'root',
    // Without this, update reports success though nothing could be fetched.
    'APT::Update::Error-Mode': 'any',
    'Acquire::Retries': '3',
    'Debug::NoLocking': '1',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

async function describeRoot(release: Release, folder: string): Promise<Root> {
  const prefix = await loaderPrefix(folder);
  const modules = await firstThatExists(folder, [
    `usr/lib/${triplet()}/asterisk/modules`,
    'usr/lib/asterisk/modules',
  ]);
  const openssl = await firstThatExists(folder, ['usr/bin/openssl']);
  const asterisk = await firstThatExists(folder, ['usr/sbin/asterisk']);
  const own = release === 'sid' ? await firstThatExists(folder, ['usr/bin/sipp']) : undefined;
  return {
    release,
    folder,
    asterisk: [...prefix, asterisk],
    // One SIPp serves every release: it is a phone, and phones don't come with the PBX.
    sipp: own === undefined ? (await asteriskRoot('sid')).sipp : [...prefix, own],
    openssl: [...prefix, openssl],
    directories: {
      astmoddir: modules,
      astdatadir: await firstThatExists(folder, ['usr/share/asterisk']),
      astvarlibdir: await firstThatExists(folder, ['var/lib/asterisk']),
    },
    sampleConfig: await firstThatExists(folder, ['etc/asterisk']),
  };
}

/** The folder's own loader and libraries: what the machine itself has may be older or newer, and is not touched. */
async function loaderPrefix(folder: string): Promise<CommandPrefix> {
  const places = [`usr/lib/${triplet()}`, `lib/${triplet()}`, 'usr/lib'].map((place) => join(folder, place));
  for (const place of places) {
    const names = await readdir(place).catch(() => []);
    const loader = names.find((name) => /^ld-linux.*\.so\.\d+$/.test(name));
    if (loader !== undefined) return [join(place, loader), '--library-path', places.join(':')];
  }
  throw new Error(`no loader (ld-linux) in ${places.join(', ')}`);
}

function triplet(): string {
  const names: Partial<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };
  const name = names[process.arch];
  if (name === undefined)
    throw new Error(`the lab does not know the library folder of processor ${process.arch}`);
  return name;
}

async function firstThatExists(folder: string, candidates: readonly string[]): Promise<string> {
  for (const candidate of candidates.map((name) => join(folder, name))) {
    const there = await access(candidate).then(
      () => true,
      () => false,
    );
    if (there) return candidate;
  }
  throw new Error(`${candidates.join(' or ')} is missing in ${folder}`);
}
