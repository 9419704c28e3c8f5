import { readFileSync, statSync } from 'node:fs';
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newToken } from '../kit/ids.ts';
import { MASTER_KEY_BYTES } from '../kit/seal.ts';
import { ConfigError, type Config } from './config.ts';

/**
 * The keys that seal secrets, newest first: from `C2C_MASTER_KEY`, else from their file, which is made (mode 0600) where it
 * is missing.
 * @returns reads them anew at each call, and throws as this does
 * @throws ConfigError where the file is readable for others, or holds something else
 */
export async function masterKeysOf(config: Config): Promise<() => readonly Buffer[]> {
  const { masterKey } = config;
  if (masterKey !== null) return () => decode(masterKey.split(','), 'C2C_MASTER_KEY');
  const path = masterKeyFileOf(config);
  await makeIfMissing(path);
  const read = () => readKeys(path);
  read();
  return read;
}

/**
 * The first half of a change: a new key, before those that are in the file. Whoever else does this at the same time adds the
 * same one. Where the file holds several keys already, a change was begun, and is to be finished first.
 * @returns whether a key was added
 */
export async function addMasterKey(config: Config): Promise<boolean> {
  const path = masterKeyFileOf(config);
  const now = readKeys(path);
  if (now.length > 1) return false;
  const aside = `${path}.new`;
  await makeIfMissing(aside);
  const [fresh] = readKeys(aside);
  if (fresh === undefined) return false;
  // Left behind by a change that was killed after its last step.
  if (now.some((key) => key.equals(fresh))) {
    await rm(aside);
    return addMasterKey(config);
  }
  await replace(path, [fresh, ...now]);
  return true;
}

/** The other half: all keys but the newest go. The caller knows that nothing is sealed with these. */
export async function dropMasterKeys(config: Config, old: readonly Buffer[]): Promise<void> {
  const path = masterKeyFileOf(config);
  // Read anew: a key that somebody added meanwhile stays.
  await replace(
    path,
    readKeys(path).filter((key) => !old.some((each) => each.equals(key))),
  );
  await rm(`${path}.new`, { force: true });
}

export function masterKeyFileOf(config: Config): string {
  return config.masterKeyFile ?? join(config.dataDir, 'master.key');
}

/** Synchronous, since a secret is opened where a session is: it is a few lines, read once for each change of the keys. */
function readKeys(path: string): readonly Buffer[] {
  const { mode } = statSync(path);
  if ((mode & 0o077) !== 0) {
    throw new ConfigError([`${path} can be read by others; allow only its owner: chmod 600 ${path}`]);
  }
  return decode(readFileSync(path, 'utf8').trim().split(/\s+/), path);
}

function decode(texts: readonly string[], where: string): readonly Buffer[] {
  const keys = texts.map((text) => Buffer.from(text, 'base64'));
  if (keys.every((key) => key.length === MASTER_KEY_BYTES)) return keys;
  throw new ConfigError([
    `${where} has no master key; each must be ${MASTER_KEY_BYTES} bytes as base64: openssl rand -base64 32`,
  ]);
}

/** Whole or not at all, also when two processes start at once: written aside, then given its name if that is free. */
async function makeIfMissing(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (exists) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = await writeAside(path, [newToken(MASTER_KEY_BYTES)]);
  await link(aside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(aside);
}

/** Whole or not at all. It is on the disk before anything is sealed with a key that it brings. */
async function replace(path: string, keys: readonly Buffer[]): Promise<void> {
  const aside = await writeAside(
    path,
    keys.map((key) => key.toString('base64')),
  );
  await rename(aside, path);
  await flushFolder(dirname(path));
}

async function writeAside(path: string, lines: readonly string[]): Promise<string> {
  const aside = `${path}.${newToken(6)}`;
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(lines.map((line) => `${line}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  return aside;
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
