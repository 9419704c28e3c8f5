import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newToken } from '../kit/ids.ts';
import { MASTER_KEY_BYTES } from '../kit/seal.ts';
import { ConfigError, type Config } from './config.ts';

/**
 * The key that seals PBX secrets: from `C2C_MASTER_KEY`, else from its file, which is made (mode 0600) where it is missing.
 * @throws ConfigError where the file is readable for others, or holds something else
 */
export async function loadMasterKey(config: Config): Promise<Buffer> {
  if (config.masterKey !== null) return decode(config.masterKey, 'C2C_MASTER_KEY');
  const path = config.masterKeyFile ?? join(config.dataDir, 'master.key');
  await makeIfMissing(path);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) {
    throw new ConfigError([`${path} can be read by others; allow only its owner: chmod 600 ${path}`]);
  }
  return decode((await readFile(path, 'utf8')).trim(), path);
}

function decode(text: string, where: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length === MASTER_KEY_BYTES) return key;
  throw new ConfigError([
    `${where} has no master key; it must be ${MASTER_KEY_BYTES} bytes as base64: openssl rand -base64 32`,
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
  const aside = `${path}.${newToken(6)}`;
  await writeFile(aside, `${newToken(MASTER_KEY_BYTES)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await link(aside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(aside);
}
