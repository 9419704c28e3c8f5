import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pbxConfig, type LabFolders, type PbxSettings } from './pbx-config.ts';

/**
 * Makes the folders of one lab inside its own folder.
 *
 * @throws Error when its path is too long for a unix socket
 */
export async function makeFolders(folder: string): Promise<LabFolders> {
  const inside = (name: string): string => join(folder, name);
  if (inside('run/asterisk.ctl').length > 107) {
    throw new Error(`${folder} is too long for a socket's path: set TMPDIR to a shorter folder.`);
  }
  for (const name of ['etc', 'db', 'spool', 'run', 'log', 'log/cdr-csv', 'db/keys'])
    await mkdir(inside(name));
  return {
    etc: inside('etc'),
    db: inside('db'),
    spool: inside('spool'),
    run: inside('run'),
    log: inside('log'),
  };
}

/**
 * Writes the configuration of one lab.
 *
 * @param sampleConfig the package's own files; a few of them serve as they are
 * @param append text that goes to the end of the files named
 */
export async function writeConfig(
  settings: PbxSettings,
  sampleConfig: string,
  append: Readonly<Record<string, string>>,
): Promise<void> {
  const { etc } = settings.folders;
  for (const name of ['stasis.conf', 'indications.conf', 'features.conf']) {
    await copyFile(join(sampleConfig, name), join(etc, name));
  }
  const files = pbxConfig(settings);
  for (const [name, text] of Object.entries(append)) files[name] = `${files[name] ?? ''}\n${text}\n`;
  for (const [name, text] of Object.entries(files)) await writeFile(join(etc, name), text);
}
